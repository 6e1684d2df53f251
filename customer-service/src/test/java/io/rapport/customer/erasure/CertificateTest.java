package io.rapport.customer.erasure;

import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.erasure.ErasureApi.certificate;
import static io.rapport.customer.erasure.ErasureApi.erase;
import static io.rapport.customer.importing.ImportsApi.imported;
import static io.rapport.customer.importing.ImportsApi.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.search.SearchApi;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A certificate says by when the last is gone of what cannot be searched for one customer. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class CertificateTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Map<Topic, String> TYPES =
            Map.of(
                    Topic.INTERACTIONS, "interaction.customer-erased.v1",
                    Topic.LOYALTY, "loyalty.customer-erased.v1",
                    Topic.FEEDBACK, "feedback.customer-erased.v1");

    /** Names of fields are whatever a file made of them. */
    @Test
    void what_is_said_of_refused_rows_goes_with_their_import() throws Exception {
        String mark = "qx" + SearchApi.newName(14);
        Response told =
                imported("NDJSON", "{\"identity:shop\": \"1\", \"%s\": \"x\"}\n".formatted(mark));
        assertThat(rows(told)).isEqualTo(List.of(0, 0, 0, 1));
        assertThat(
                        Databases.asOwner()
                                .number(
                                        "SELECT count(*) FROM customer_import_problem WHERE CAST(errors AS text) LIKE ?",
                                        "%" + mark + "%"))
                .isEqualTo(1);

        assertThat(Instant.parse(certified().path("uploadedFilesCleanBy")))
                .isAfterOrEqualTo(Instant.parse(told.path("expiresAt")));
    }

    /** They are deleted by a timer, some at a time. */
    @Test
    void files_of_exports_that_were_cancelled_go_until_these_expire() throws Exception {
        UUID export = UUID.randomUUID();
        Instant expires = Instant.parse("2040-01-01T00:00:00Z");
        // As one that was cancelled before, and whose parts are still there.
        Databases database = Databases.asOwner();
        database.execute(
                """
                INSERT INTO customer_export (id, format, state, created_by, created_at, ended_at, expires_at, parts)
                VALUES (?, 'NDJSON', 'CANCELLED', 'manager-1', now(), now(), CAST(? AS timestamptz), 1)
                """,
                export,
                expires.toString());
        database.execute(
                "INSERT INTO customer_export_part (export_id, number, content) VALUES (?, 1, 'x')",
                export);

        assertThat(Instant.parse(certified().path("exportedFilesCleanBy"))).isEqualTo(expires);

        database.execute("DELETE FROM customer_export WHERE id = ?", export);
    }

    /** The certificate of somebody whose erasure all services have confirmed. */
    private static Response certified() throws Exception {
        UUID customer = registered("{}");
        String erasure = erase(customer).path("id");
        try (Events events = Events.ofSuite()) {
            for (Map.Entry<Topic, String> service : TYPES.entrySet()) {
                ObjectNode said = (ObjectNode) JSON.readTree(Samples.of(service.getValue()));
                said.put("erasure", erasure);
                events.send(service.getKey(), customer, 1, service.getValue(), said.toString());
            }
        }
        await().atMost(LIMIT).until(() -> certificate(customer).statusCode() == 200);
        return certificate(customer);
    }
}
