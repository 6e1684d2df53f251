package io.rapport.faults.audit;

import io.rapport.faults.audit.Balances.Account;
import io.rapport.faults.audit.Balances.Entry;
import io.rapport.faults.audit.Lag.Position;
import io.rapport.faults.audit.Parked.ParkedEvent;
import io.rapport.faults.audit.RowsAndEvents.Row;
import io.rapport.faults.topic.Contents;
import io.rapport.faults.topic.Logged;
import io.rapport.faults.topic.SuiteTopic;
import io.rapport.local.stack.ServiceName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Brings together what the services hold and what lies in the topics, and lets each audit look at
 * it. The load has to be over.
 */
public final class Audit {
    private static final Map<SuiteTopic, ServiceName> WRITERS =
            Map.of(
                    SuiteTopic.CUSTOMERS, ServiceName.CUSTOMER,
                    SuiteTopic.INTERACTIONS, ServiceName.INTERACTION,
                    SuiteTopic.LOYALTY, ServiceName.LOYALTY,
                    SuiteTopic.FEEDBACK, ServiceName.FEEDBACK);

    private static final String PROFILES = SuiteTopic.PROFILES.topic();
    private static final List<ServiceName> DIRECTORIES =
            List.of(ServiceName.INTERACTION, ServiceName.LOYALTY, ServiceName.FEEDBACK);
    private static final String CUSTOMER_ROWS =
            """
            SELECT CASE WHEN n = 1 THEN 'customer.registered.v1' ELSE 'customer.changed.v1' END, id || '/' || n
            FROM customer, generate_series(1, version) AS n""";
    private static final String INTERACTION_ROWS =
            """
            SELECT 'interaction.recorded.v1', CAST(id AS text) FROM interaction
            UNION ALL
            SELECT 'interaction.corrected.v1', interaction_id || '/' || (version + 1) FROM interaction_version
            UNION ALL
            SELECT 'interaction.promise-made.v1', CAST(id AS text) FROM promise
            UNION ALL
            SELECT 'interaction.promise-' || CASE outcome WHEN 'EXCEEDED' THEN 'kept' ELSE lower(outcome) END || '.v1',
                   CAST(promise_id AS text)
            FROM promise_outcome
            UNION ALL
            SELECT 'interaction.fact-told.v1', fact_id || '/' || version FROM fact_version
            UNION ALL
            SELECT 'interaction.fact-forgotten.v1', CAST(fact_id AS text) FROM fact_forgotten
            UNION ALL
            SELECT 'interaction.context-repeated.v1', interaction_id || '/' || key FROM fact_occasion WHERE repeated""";
    private static final String FEEDBACK_ROWS = "SELECT 'feedback.received.v1', id FROM feedback";
    private static final String LOYALTY_ROWS =
            "SELECT 'loyalty.points-' || lower(kind) || '.v1', id FROM ledger_entry";

    private final Tables tables;

    public Audit(Tables tables) {
        this.tables = tables;
    }

    /** A1, without the service's own audit. */
    public List<Finding> balances(Contents contents) {
        return Balances.audit(
                tables.rows(
                        ServiceName.LOYALTY,
                        "SELECT customer_id, balance, version FROM account",
                        row -> new Account(row.getString(1), row.getLong(2), row.getLong(3))),
                tables.rows(
                        ServiceName.LOYALTY,
                        "SELECT customer_id, number, points, balance_after, cause_id FROM ledger_entry",
                        row ->
                                new Entry(
                                        row.getString(1),
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getLong(4),
                                        row.getString(5))),
                contents.effective());
    }

    /** A3; {@code lost} are ids of events. */
    public List<Finding> rowsAndEvents(Contents contents, Set<String> lost) {
        List<Row> rows = new ArrayList<>();
        rows.addAll(rowsOf(ServiceName.CUSTOMER, CUSTOMER_ROWS));
        rows.addAll(rowsOf(ServiceName.INTERACTION, INTERACTION_ROWS));
        rows.addAll(rowsOf(ServiceName.FEEDBACK, FEEDBACK_ROWS));
        rows.addAll(rowsOf(ServiceName.LOYALTY, LOYALTY_ROWS));
        List<Logged> events = new ArrayList<>(contents.ofTheSuite());
        for (ServiceName service : ServiceName.values()) {
            events.addAll(tables.waiting(service));
        }
        return RowsAndEvents.audit(rows, events, lost);
    }

    private List<Row> rowsOf(ServiceName service, String query) {
        return tables.rows(service, query, row -> new Row(row.getString(1), row.getString(2)));
    }

    /** A4. */
    public List<Finding> sequences(Contents contents) {
        List<Logged> numbered =
                contents.ofTheSuite().stream()
                        .filter(event -> !event.place().topic().equals(PROFILES))
                        .toList();
        Map<String, Map<String, Long>> counters = new TreeMap<>();
        WRITERS.forEach((topic, service) -> counters.put(topic.topic(), counters(service)));
        return Sequences.audit(numbered, counters);
    }

    private Map<String, Long> counters(ServiceName service) {
        return tables.byKey(
                service, "SELECT customer_id, last FROM customer_sequence", row -> row.getLong(2));
    }

    /** A5; a customer whose registration is among the {@code lost} may stay in directories. */
    public List<Finding> projections(Contents contents, Set<String> lost) {
        List<Finding> findings =
                new ArrayList<>(
                        Projections.context(contents.effective(), ContextTables.rows(tables)));
        Map<String, String> customers =
                tables.byKey(ServiceName.CUSTOMER, "SELECT id, status FROM customer");
        Set<String> gone =
                contents.all().stream()
                        .filter(event -> event.type().equals("customer.registered.v1"))
                        .filter(event -> lost.contains(event.id()))
                        .map(Logged::customer)
                        .collect(Collectors.toSet());
        Map<String, String> identities =
                tables.byKey(
                        ServiceName.CUSTOMER,
                        "SELECT source || ':' || external_id, customer_id FROM customer_identity");
        for (ServiceName service : DIRECTORIES) {
            String where = "the directory of " + service.label();
            Map<String, String> known =
                    tables.byKey(service, "SELECT customer_id, status FROM directory_customer");
            known.keySet().removeAll(gone);
            findings.addAll(Projections.compare(where, customers, known));
            findings.addAll(
                    Projections.compare(
                            where,
                            identities,
                            tables.byKey(
                                    service,
                                    "SELECT source || ':' || external_id, customer_id FROM directory_identity")));
        }
        Map<String, String> profiles =
                tables.byKey(
                        ServiceName.CUSTOMER,
                        "SELECT id, version, coalesce(display_name, '') FROM customer",
                        row -> Projections.profile(row.getLong(2), row.getString(3)));
        findings.addAll(
                Projections.profiles(
                        profiles,
                        contents.ofTheSuite().stream()
                                .filter(record -> record.place().topic().equals(PROFILES))
                                .toList()));
        return findings;
    }

    /**
     * A6, at this moment. Positions first: what a reaction to the last event publishes then either
     * waits in an outbox or lies in its topic.
     */
    public List<Finding> lag(Contents contents) {
        List<Position> positions = tables.positions();
        return Lag.audit(waiting(), positions, contents.lastOffsets());
    }

    /** Whether at this moment no event waits in any service. */
    public boolean isQuiet() {
        return waiting().values().stream().allMatch(count -> count == 0);
    }

    private Map<String, Long> waiting() {
        Map<String, Long> waiting = new TreeMap<>();
        for (ServiceName service : ServiceName.values()) {
            waiting.put(
                    "the outbox of " + service.label(),
                    tables.number(service, "SELECT count(*) FROM outbox"));
            waiting.put(
                    "the gaps of " + service.label(),
                    tables.number(service, "SELECT count(*) FROM early_event"));
        }
        return waiting;
    }

    /** A7. */
    public List<Finding> parked(Collection<ParkedEvent> expected) {
        List<ParkedEvent> held = new ArrayList<>();
        for (ServiceName service : ServiceName.values()) {
            held.addAll(
                    tables.rows(
                            service,
                            "SELECT regexp_replace(consumer, '-[0-9]+$', ''), topic, partition, \"offset\", cause FROM parked_event",
                            row ->
                                    new ParkedEvent(
                                            row.getString(1) + " in " + service.label(),
                                            new Logged.Place(
                                                    row.getString(2),
                                                    row.getInt(3),
                                                    row.getLong(4)),
                                            row.getString(5))));
        }
        return Parked.audit(expected, held);
    }
}
