package io.rapport.interaction.timeline;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.interaction.fact.FactsApi;
import io.rapport.interaction.promise.PromisesApi;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was told stands in the export, after what was promised. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ExportedFactsTest {

    @Test
    void facts_come_last_each_once_with_their_versions_whatever_the_page() {
        Customer customer = newCustomer();
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            told.add(FactsApi.told(customer, "As many as " + i));
        }
        FactsApi.correct(told.getFirst(), 1, "Five").then().statusCode(200);
        for (int i = 0; i < 2; i++) {
            PromisesApi.promised(customer, Clock.systemUTC().instant().plusSeconds(3_600));
        }
        for (int limit : List.of(1, 2, 3, 4, 5, 6, 7, 8, 10, 100)) {
            List<String> all = new ArrayList<>();
            List<String> read = new ArrayList<>();
            List<String> versions = new ArrayList<>();
            String next = null;
            do {
                var request = agent().queryParam("limit", limit);
                Response page =
                        (next == null ? request : request.queryParam("after", next))
                                .get("/interactions/customers/{c}/export", customer.id());
                page.then().statusCode(200);
                List<String> rows = new ArrayList<>(page.<List<String>>path("interactions.id"));
                rows.addAll(page.path("promises.id"));
                rows.addAll(page.path("facts.id"));
                assertThat(rows.size()).isBetween(1, limit);
                all.addAll(rows);
                read.addAll(page.path("facts.id"));
                versions.addAll(page.path("factVersions.value"));
                next = page.path("next");
            } while (next != null);
            assertThat(all).hasSize(5 + 2 + 3).doesNotHaveDuplicates();
            assertThat(read).containsExactlyInAnyOrderElementsOf(told);
            assertThat(versions).containsExactly("Five", "As many as 0");
        }
    }
}
