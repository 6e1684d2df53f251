package io.rapport.customer.merge;

import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.unmerge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a merge and its undoing write to the topics, as an independent client reads it. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MergeEventsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Topics topics = Topics.ofSuite();

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void both_logs_and_both_snapshots_tell_of_it() throws Exception {
        String card = newExternalId();
        UUID survivor = registered("{\"givenName\": \"Ada\"}");
        UUID member = UUID.fromString(put("shop", card, "{\"country\": \"GB\"}").path("id"));
        merge(survivor, member).then().statusCode(200);
        String etag = get(survivor).header("ETag");
        patch(survivor, etag, "{\"language\": \"en\"}").then().statusCode(200);
        unmerge(member).then().statusCode(200);

        List<Message> members = records(Topic.CUSTOMERS, member, 3);
        assertThat(members)
                .extracting(event -> event.header("ce_type"))
                .containsExactly(
                        "customer.registered.v1", "customer.merged.v1", "customer.unmerged.v1");
        for (Message event : members.subList(1, 3)) {
            Samples.assertSameShape(event.header("ce_type") + "", event.value() + "");
            assertThat(json(event).path("survivor").asText()).isEqualTo(survivor.toString());
        }
        assertThat(json(members.get(1)).path("merge"))
                .isEqualTo(json(members.get(2)).path("merge"));

        List<Message> survivors = records(Topic.CUSTOMERS, survivor, 4);
        assertThat(survivors)
                .extracting(event -> event.header("ce_type"))
                .containsExactly(
                        "customer.registered.v1",
                        "customer.changed.v1",
                        "customer.changed.v1",
                        "customer.changed.v1");
        assertThat(json(survivors.get(1)))
                .isEqualTo(JSON.readTree("{\"paths\": [\"/country\", \"/identities\"]}"));

        List<Message> shown = records(Topic.PROFILES, survivor, 4);
        assertThat(shown.stream().map(message -> path(message, "country")))
                .containsExactly("", "GB", "GB", "");
        assertThat(shown)
                .extracting(snapshot -> snapshot.header("ce_version"))
                .containsExactly("1", "2", "3", "4");
        // Each directory finds a name where it was given: with the member.
        assertThat(shown).allSatisfy(one -> assertThat(json(one).path("identities")).isEmpty());
        List<Message> own = records(Topic.PROFILES, member, 3);
        assertThat(own.stream().map(message -> path(message, "status")))
                .containsExactly("ACTIVE", "MERGED", "ACTIVE");
        assertThat(own.stream().map(message -> path(message, "survivor")))
                .containsExactly("", survivor.toString(), "");
        assertThat(own)
                .allSatisfy(
                        one ->
                                assertThat(
                                                json(one)
                                                        .path("identities")
                                                        .path(0)
                                                        .path("externalId")
                                                        .asText())
                                        .isEqualTo(card));
    }

    private List<Message> records(Topic topic, UUID customer, int atLeast) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> topics.readAll(topic, customer), found -> found.size() >= atLeast);
    }

    private static String path(Message message, String field) {
        try {
            return json(message).path(field).asText();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(Message message) throws Exception {
        return JSON.readTree(message.value() + "");
    }
}
