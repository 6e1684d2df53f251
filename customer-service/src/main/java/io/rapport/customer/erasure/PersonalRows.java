package io.rapport.customer.erasure;

import static java.util.Map.entry;

import io.rapport.customer.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What erasure does with every table of this service: which rows of a customer it deletes, and what
 * stays and why. A test finds a table that is named nowhere here.
 */
@ApplicationScoped
class PersonalRows {

    /** Rows of a table that go, and what they are called where they are counted, if they are. */
    private record Gone(@Nullable String kind, String table, String which) {
        private String sql() {
            return "DELETE FROM " + table + " AS t WHERE " + which;
        }
    }

    /** What pairs are called where they are counted. */
    static final String DUPLICATE_PAIRS = "duplicates";

    private static final String OF_CUSTOMER = "t.customer_id = ANY(:customers)";

    // Whoever has one in hand waits for the customer's row, which is held here; it finds nothing to
    // decide of an erased customer, and the mark, in which there are ids only, goes with it.
    private static final String IN_NOBODYS_HAND =
            """
            t.id = ANY(ARRAY(SELECT m.id FROM segment_mark m WHERE m.customer_id = ANY(:customers)
                             FOR UPDATE SKIP LOCKED))
            """;
    private static final String OF_MERGE =
            """
            t.merge_id = ANY(ARRAY(SELECT id FROM customer_merge WHERE member_id = ANY(:customers)
                                   UNION SELECT id FROM customer_merge WHERE survivor_id = ANY(:customers)))
            """;

    /** In this order: what depends on others goes first. */
    private static final List<Gone> GONE =
            List.of(
                    new Gone("identities", "customer_identity", OF_CUSTOMER),
                    new Gone("contactPoints", "contact_point", OF_CUSTOMER),
                    new Gone("relations", "customer_relation", OF_CUSTOMER),
                    new Gone("attributes", "customer_attribute", OF_CUSTOMER),
                    new Gone("preferences", "customer_preference", OF_CUSTOMER),
                    new Gone("consentActors", "consent_record_actor", OF_CUSTOMER),
                    new Gone("legalHolds", "legal_hold", OF_CUSTOMER),
                    new Gone("loginCodes", "login_code", OF_CUSTOMER),
                    // Nobody is told of a segment left: who is erased has left all.
                    new Gone("segments", "segment_member", OF_CUSTOMER),
                    new Gone("segmentOverrides", "segment_override", OF_CUSTOMER),
                    new Gone("segmentOverrides", "segment_override_past", OF_CUSTOMER),
                    new Gone(null, "segment_mark", IN_NOBODYS_HAND),
                    // By the imports that are there, in the order of the primary key.
                    new Gone(
                            null,
                            "customer_import_written",
                            "t.import_id = ANY(ARRAY(SELECT id FROM customer_import)) AND "
                                    + OF_CUSTOMER),
                    new Gone("mergeReasons", "customer_merge_actor", OF_MERGE),
                    new Gone("mergeEdits", "customer_merge_edit", OF_MERGE),
                    new Gone(DUPLICATE_PAIRS, "duplicate_pair", "t.customer_a = ANY(:customers)"),
                    new Gone(DUPLICATE_PAIRS, "duplicate_pair", "t.customer_b = ANY(:customers)"),
                    // Goes with the customer's version; what is left is from before.
                    new Gone(null, "search_term", OF_CUSTOMER),
                    new Gone(
                            null,
                            "customer_link",
                            "t.member_id = ANY(:customers) OR t.survivor_id = ANY(:customers)"));

    private static final String DUPLICATES =
            """
            SELECT count(*) FROM (
                SELECT customer_a, customer_b FROM duplicate_pair WHERE customer_a = ANY(:customers)
                UNION SELECT customer_a, customer_b FROM duplicate_pair WHERE customer_b = ANY(:customers)) AS pair
            """;

    private static final String CLEAR =
            """
            UPDATE customer SET status = 'ERASED', display_name = NULL, given_name = NULL, family_name = NULL,
                address_as = NULL, language = NULL, time_zone = NULL, country = NULL, birthday = NULL,
                occupation = NULL, lifecycle_stage = NULL, declared_values = '{}', tags = '{}', life_events = '[]',
                version = version + 1, updated_at = greatest(updated_at, :now)
            WHERE id = ANY(:customers)
            """;

    /** Tables that are erased by other means than deleting rows of a customer here, and how. */
    static final Map<String, String> OTHERWISE =
            Map.ofEntries(
                    entry("customer", "cleared; the id, the kind and two times stay"),
                    entry(
                            "customer_change",
                            "with the versions of others that tell of the customer, by version"),
                    entry("search_word", "by the search index: a word goes with its last customer"),
                    entry(
                            "idempotency_key",
                            "answers that speak of the customer, and the bodies of those of former survivors"),
                    entry("outbox", "snapshots that wait; numbered events hold nothing personal"),
                    entry(
                            "context_contact_by_generation",
                            "by the fold, when interaction-service confirms: in every generation"),
                    entry(
                            "customer_export",
                            "those that may have come to the customer are cancelled"),
                    entry(
                            "customer_export_part",
                            "by its export's timer, within seconds; the certificate says by when all are"),
                    entry(
                            "customer_import",
                            "rows of erased identities are refused; deleted when it expires"),
                    entry(
                            "customer_import_part",
                            "deleted when the import ends; the certificate says by when all are"),
                    entry(
                            "customer_import_problem",
                            "names of fields that a file made up; deleted with its import, as the certificate says"));

    /** Tables that stay as they are, and why. */
    static final Map<String, String> STAYS =
            Map.ofEntries(
                    entry("consent_record", "ids, words and times: the proof of what was allowed"),
                    entry("customer_merge", "ids, words and times"),
                    entry("customer_unmerge", "ids and times"),
                    entry("context_interaction_by_generation", "figures of an id without a person"),
                    entry("context_amount_by_generation", "figures of an id without a person"),
                    entry("context_loyalty_by_generation", "figures of an id without a person"),
                    entry("context_feedback_by_generation", "figures of an id without a person"),
                    entry("erasure", "ids, counts, words and times: what the certificate tells"),
                    entry("erasure_customer", "ids"),
                    entry("erasure_confirmation", "ids and times"),
                    entry("erased_identity", "keyed hashes, of which customer is not known"),
                    entry("erased_identity_key", "of no customer"),
                    entry("consent_purpose", "of no customer"),
                    entry("segment", "of no customer"),
                    entry("segment_epoch", "of no customer"),
                    entry("segment_attribute", "of no customer"),
                    entry("segment_reference", "of no customer"),
                    entry("segment_build", "of no customer"),
                    entry("segment_snapshot", "of no customer"),
                    entry(
                            "segment_snapshot_member",
                            "ids, as the segment was at a moment; deleted when the snapshot expires"),
                    entry("attribute_definition", "of no customer"),
                    entry("directory_customer_by_generation", "empty: customers are here"),
                    entry("directory_identity_by_generation", "empty: customers are here"),
                    entry("customer_sequence", "ids and numbers"),
                    entry("consumer_position", "of no customer"),
                    entry("consumer_progress", "ids and numbers"),
                    entry("early_event", "of logs only, which hold nothing personal"),
                    entry("parked_event", "of logs only, which hold nothing personal"),
                    entry("lost_event", "ids, types and times"),
                    entry("relay_lease", "of no customer"),
                    entry("relay_offset", "of no customer"),
                    entry("projection", "of no customer"),
                    entry("timer", "ids and times"),
                    entry("flyway_schema_history", "of no customer"));

    private final Jdbi jdbi;
    private final ErasedHistories histories;

    PersonalRows(Jdbi jdbi, ErasedHistories histories) {
        this.jdbi = jdbi;
        this.histories = histories;
    }

    /** All tables of which rows are deleted here. */
    static List<String> tables() {
        return GONE.stream().map(Gone::table).distinct().toList();
    }

    /** How many pairs there are: before the finder hears of the erasure, and takes some of them. */
    long duplicates(List<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(DUPLICATES)
                                .bindArray("customers", UUID.class, customers)
                                .mapTo(long.class)
                                .one());
    }

    /**
     * Deletes what is personal of customers whom the caller holds, and makes their next versions;
     * {@code identities} are all that nobody had after them. Answers how many rows of each kind
     * went.
     */
    @Transactional(TxType.MANDATORY)
    SortedMap<String, Long> erase(
            List<UUID> customers, Collection<Identity> identities, Instant now) {
        SortedMap<String, Long> counts = new TreeMap<>(histories.erase(customers, identities));
        return jdbi.withHandle(
                handle -> {
                    for (Gone gone : GONE) {
                        long rows =
                                handle.createUpdate(gone.sql())
                                        .bindArray("customers", UUID.class, customers)
                                        .execute();
                        if (gone.kind != null) {
                            counts.merge(gone.kind, rows, Long::sum);
                        }
                    }
                    handle.createUpdate(CLEAR)
                            .bindArray("customers", UUID.class, customers)
                            .bind("now", now)
                            .execute();
                    counts.put("customers", (long) customers.size());
                    return counts;
                });
    }
}
