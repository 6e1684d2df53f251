package io.rapport.feedback.operations;

import static io.rapport.feedback.Surroundings.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.feedback.Surroundings;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replay from a topic whose compaction has removed what the live generation has read. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ReplayedDirectoryTest {

    private static final String DIRECTORY = "/feedback/projections/directory";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Surroundings surroundings = new Surroundings();
    private final Events events = Events.ofSuite();
    private int replayed;

    @AfterEach
    void leaveOneGeneration() {
        surroundings.close();
        events.close();
        as(Tokens.admin()).delete(DIRECTORY + "/generations/" + replayed).then().statusCode(200);
    }

    @Test
    void who_was_erased_before_is_compared_though_their_tombstone_is_gone() throws SQLException {
        UUID erased = surroundings.customer();
        events.draft(Topic.PROFILES, erased, 2, Events.snapshotType(Topic.PROFILES))
                .data(null)
                .send();
        await().atMost(LIMIT).until(() -> identities(erased) == 0);
        replayed = as(Tokens.admin()).put(DIRECTORY + "/replay").path("beside");
        await().atMost(LIMIT)
                .until(() -> as(Tokens.admin()).get(DIRECTORY).<Integer>path("behind") == 0);
        forgetProfile(erased);

        assertThat(all("unsettled")).doesNotContain(erased.toString());
        assertThat(all("items.customer")).doesNotContain(erased.toString());

        // What differs meanwhile may still come to the other generation.
        Databases.asOwner()
                .execute(
                        """
                        INSERT INTO directory_identity_by_generation (generation, source, external_id, customer_id, since)
                        VALUES (?, 'shop', 'left-over', ?, now())""",
                        replayed,
                        erased);
        assertThat(all("unsettled")).contains(erased.toString());
        assertThat(all("items.customer")).doesNotContain(erased.toString());
    }

    private static long identities(UUID customer) throws SQLException {
        return Databases.asOwner()
                .number("SELECT count(*) FROM directory_identity WHERE customer_id = ?", customer);
    }

    /** As if the generation had never found a record of the customer on the compacted topic. */
    private void forgetProfile(UUID customer) throws SQLException {
        int rows =
                Databases.asOwner()
                        .execute(
                                """
                                DELETE FROM consumer_progress
                                WHERE consumer = 'directory-' || ? AND topic LIKE '%.profiles.v1' AND customer_id = ?""",
                                Integer.toString(replayed), customer);
        assertThat(rows).isEqualTo(1);
    }

    private static List<String> all(String path) {
        List<String> all = new ArrayList<>();
        String after = null;
        do {
            var request = as(Tokens.admin()).queryParam("limit", 100);
            Response page =
                    (after == null ? request : request.queryParam("after", after))
                            .get(DIRECTORY + "/differences");
            page.then().statusCode(200);
            all.addAll(page.path(path));
            after = page.path("next");
        } while (after != null);
        return all;
    }
}
