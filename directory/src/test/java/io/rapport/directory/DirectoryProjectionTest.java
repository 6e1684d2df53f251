package io.rapport.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Cause;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Batches;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.FoldedRows;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fold itself, mostly into generations that nobody reads. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class DirectoryProjectionTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int LAST = 10;
    private static final int ONE = 9_001;
    private static final int OTHER = 9_002;
    private static final int LIVE = 1;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CONFIRMED =
            "SELECT count(*) FROM customer_erasure WHERE customer_id = ? AND erased_at IS NOT NULL";

    @Inject DirectoryProjection projection;
    @Inject Jdbi jdbi;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void however_batches_are_cut_topics_interleave_and_compaction_went_the_rows_are_equal(
            long seed) {
        Random random = new Random(seed);
        List<UUID> customers = Stream.generate(Ids::next).limit(4).toList();
        List<ReceivedEvent> history = history(customers, random);

        history.forEach(event -> fold(ONE, List.of(event)));
        Batches.of(compacted(history, random), random).forEach(batch -> fold(OTHER, batch));

        assertThat(FoldedRows.of(jdbi, projection, ONE, customers))
                .hasSizeGreaterThan(customers.size())
                .isEqualTo(FoldedRows.of(jdbi, projection, OTHER, customers));
    }

    @Test
    void since_when_an_identity_is_held_is_technical_for_compaction_changes_it() {
        UUID customer = Ids.next();
        ReceivedEvent first = snapshot(customer, 1, identities(customer, "card"));
        ReceivedEvent second = snapshot(customer, 2, identities(customer, "card"));
        fold(ONE, List.of(first));
        fold(ONE, List.of(second));
        fold(OTHER, List.of(second));

        assertThat(since(ONE, customer)).isEqualTo(first.time());
        assertThat(since(OTHER, customer)).isEqualTo(second.time());
        assertThat(FoldedRows.of(jdbi, projection, ONE, List.of(customer)))
                .hasSize(2)
                .isEqualTo(FoldedRows.of(jdbi, projection, OTHER, List.of(customer)));
    }

    @Test
    void whoever_was_erased_stays_so_without_identities_in_any_order() {
        UUID customer = Ids.next();
        ReceivedEvent registered =
                event(Topic.CUSTOMERS, customer, 1, "customer.registered.v1", "{}");
        ReceivedEvent erasure = erasure(customer, 2);
        ReceivedEvent held = snapshot(customer, 1, identities(customer, "card"));
        ReceivedEvent late = snapshot(customer, 2, identities(customer, "card", "shop"));
        ReceivedEvent tombstone = snapshot(customer, 3, null);
        fold(ONE, List.of(registered, held));
        fold(ONE, List.of(erasure));
        fold(ONE, List.of(late));
        fold(OTHER, List.of(erasure, registered, held, late));
        fold(OTHER, List.of(tombstone));

        assertThat(FoldedRows.of(jdbi, projection, ONE, List.of(customer)))
                .hasSize(1)
                .isEqualTo(FoldedRows.of(jdbi, projection, OTHER, List.of(customer)));
        assertThat(FoldedRows.of(jdbi, projection, ONE, List.of(customer)).toString())
                .contains("ERASED")
                .doesNotContain("-02-28")
                .doesNotContain("drink");
    }

    /** A replay comes to the old snapshots long before it comes to the erasure. */
    @Test
    void an_old_snapshot_of_one_whom_this_service_has_erased_brings_no_identity_back() {
        UUID customer = Ids.next();
        jdbi.useHandle(
                h ->
                        h.execute(
                                "INSERT INTO customer_sequence (customer_id, last, erased) VALUES (?, 1, true)",
                                customer));
        fold(ONE, List.of(snapshot(customer, 1, identities(customer, "card"))));

        assertThat(FoldedRows.of(jdbi, projection, ONE, List.of(customer)))
                .as("that the customer exists, and no identity, birthday or preference")
                .hasSize(1)
                .allSatisfy(row -> assertThat(row).doesNotContain("-02-28", "drink"));
    }

    /** The advisory lock of the names: what looked before the erasure is waited for. */
    @Test
    void a_name_that_is_coming_in_is_gone_when_the_erasure_is_confirmed() throws Exception {
        UUID customer = Ids.next();
        try (Events events = Events.ofSuite()) {
            QuarkusTransaction.begin();
            projection.fold(LIVE, List.of(snapshot(customer, 1, identities(customer, "card"))));
            events.sendErasure(customer, 1);
            await().atMost(SOON)
                    .until(
                            () ->
                                    number(
                                                    """
                                                    SELECT count(*) FROM pg_locks
                                                    WHERE locktype = 'advisory' AND NOT granted AND database = (
                                                        SELECT oid FROM pg_database WHERE datname = current_database())""")
                                            > 0);
            QuarkusTransaction.commit();
        }
        await().atMost(SOON).until(() -> number(CONFIRMED, customer) == 1);

        assertThat(
                        number(
                                "SELECT count(*) FROM directory_identity_by_generation WHERE customer_id = ?",
                                customer))
                .isZero();
        assertThat(
                        number(
                                """
                                SELECT count(*) FROM directory_customer_by_generation
                                WHERE customer_id = ? AND num_nonnulls(birthday, preferences) > 0""",
                                customer))
                .isZero();
    }

    private static long number(String sql, Object... parameters) throws SQLException {
        return Databases.asOwner().number(sql, parameters);
    }

    private static ReceivedEvent erasure(UUID customer, long sequence) {
        return event(
                Topic.CUSTOMERS,
                customer,
                sequence,
                "customer.erasure-requested.v1",
                Samples.of("customer.erasure-requested.v1"));
    }

    private void fold(int generation, List<ReceivedEvent> events) {
        QuarkusTransaction.requiringNew().run(() -> projection.fold(generation, events));
    }

    /**
     * Everybody is registered, gets and loses identities, and may be merged and unmerged; the last
     * one is erased.
     */
    private static List<ReceivedEvent> history(List<UUID> customers, Random random) {
        List<ReceivedEvent> events = new ArrayList<>();
        List<String> types =
                List.of("customer.changed.v1", "customer.merged.v1", "customer.unmerged.v1");
        String survivor = "{\"survivor\": \"%s\"}".formatted(customers.getFirst());
        for (UUID customer : customers) {
            events.add(event(Topic.CUSTOMERS, customer, 1, "customer.registered.v1", "{}"));
            for (int version = 1; version < LAST; version++) {
                String[] sources =
                        Stream.of("card", "shop", "till")
                                .filter(source -> random.nextBoolean())
                                .toArray(String[]::new);
                events.add(snapshot(customer, version, identities(customer, sources)));
                String type = types.get(random.nextInt(types.size()));
                events.add(event(Topic.CUSTOMERS, customer, version + 1, type, survivor));
            }
            boolean erased = customer.equals(customers.getLast());
            if (erased) {
                events.add(erasure(customer, LAST + 1));
            }
            events.add(
                    snapshot(customer, LAST, erased ? null : identities(customer, "card", "shop")));
        }
        return events;
    }

    /** Without some of the snapshots that a newer one stands for. */
    private static List<ReceivedEvent> compacted(List<ReceivedEvent> history, Random random) {
        return history.stream()
                .filter(
                        event ->
                                event.topic() != Topic.PROFILES
                                        || event.sequence() == LAST
                                        || random.nextBoolean())
                .toList();
    }

    private static String identities(UUID customer, String... sources) {
        return Stream.of(sources)
                .map(
                        source ->
                                "{\"source\": \"%s\", \"externalId\": \"%s\"}"
                                        .formatted(source, customer))
                .toList()
                .toString();
    }

    private static ReceivedEvent snapshot(
            UUID customer, long version, @Nullable String identities) {
        return event(
                Topic.PROFILES,
                customer,
                version,
                "profiles-snapshot.v1",
                identities == null
                        ? null
                        : "{\"birthday\": \"%d-02-28\", \"preferences\": [{\"key\": \"drink\"}], \"identities\": %s}"
                                .formatted(1980 + version, identities));
    }

    private static ReceivedEvent event(
            Topic topic, UUID customer, long sequence, String type, @Nullable String payload) {
        return new ReceivedEvent(
                topic,
                Ids.next(),
                type,
                customer,
                BEGIN.plusSeconds(sequence),
                sequence,
                new Cause("test", null, 0, null),
                payload);
    }

    private Instant since(int generation, UUID customer) {
        return jdbi.withHandle(
                h ->
                        h.select(
                                        """
                                        SELECT since FROM directory_identity_by_generation
                                        WHERE generation = ? AND customer_id = ?""",
                                        generation,
                                        customer)
                                .mapTo(Instant.class)
                                .one());
    }
}
