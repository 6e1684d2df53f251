package io.rapport.directory;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.platform.Columns;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Projection;
import io.rapport.platform.event.ProjectionTable;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Folds the customer log (which customers exist) and the profile topic (their identities, and where
 * they are kept when they were born and what they prefer) into the directory. While an identity
 * moves, both customers may hold it for a moment, whichever snapshot comes first; it names the one
 * who got it last. Who was erased stays so, has no identities, no birthday, no preferences and no
 * survivor, whatever else comes of them.
 */
@ApplicationScoped
class DirectoryProjection implements Projection {

    /** The part of a profile snapshot that the directory keeps. */
    record Profile(
            @Nullable List<Identity> identities,
            @Nullable LocalDate birthday,
            @Nullable JsonNode preferences) {}

    record Identity(String source, String externalId) {}

    private record Given(UUID customer, String source, String externalId, Instant since) {}

    /** What a snapshot says of its customer; a tombstone says nothing. */
    private record Snapshot(UUID customer, Instant time, Profile profile) {

        static Snapshot of(ReceivedEvent event) {
            return new Snapshot(
                    event.customer(),
                    event.time(),
                    event.tombstone() ? new Profile(null, null, null) : event.data(Profile.class));
        }

        Stream<Given> given() {
            List<Identity> identities = profile.identities();
            return identities == null
                    ? Stream.empty()
                    : identities.stream()
                            .map(
                                    identity ->
                                            new Given(
                                                    customer,
                                                    identity.source(),
                                                    identity.externalId(),
                                                    time));
        }
    }

    private record Merged(UUID survivor) {}

    /** Where a customer stands after an event of its log. */
    private record Standing(UUID customer, String status, @Nullable UUID survivor) {

        boolean erased() {
            return status.equals("ERASED");
        }

        /** Nothing comes after an erasure. */
        Standing then(Standing later) {
            return erased() ? this : later;
        }
    }

    private static final String STAND =
            """
            INSERT INTO directory_customer_by_generation AS d (generation, customer_id, status, survivor_id)
            SELECT :generation, s.customer_id, s.status, s.survivor_id
            FROM unnest(:customers, :statuses, :survivors) AS s (customer_id, status, survivor_id)
            ON CONFLICT (generation, customer_id) DO UPDATE
            SET status = excluded.status, survivor_id = excluded.survivor_id,
                birthday = CASE WHEN excluded.status <> 'ERASED' THEN d.birthday END,
                preferences = CASE WHEN excluded.status <> 'ERASED' THEN d.preferences END
            WHERE d.status <> 'ERASED' AND (d.status, d.survivor_id) IS DISTINCT FROM (excluded.status, excluded.survivor_id)""";

    // Shared by all who bring names in, until they have committed. An erasure takes it alone: of a
    // name it finds what was brought in before, and who brings it in later finds the erasure.
    private static final String BRING_IN =
            "SELECT pg_advisory_xact_lock_shared(hashtextextended('directory_identity', 0))";

    // A snapshot may come before the log, and tells nothing of who was merged. What is said of the
    // erased below holds for birthdays and preferences too.
    private static final String EXIST =
            """
            INSERT INTO directory_customer_by_generation AS d (generation, customer_id, status, birthday, preferences)
            SELECT :generation, s.customer_id, 'ACTIVE', known.birthday, known.preferences
            FROM unnest(:customers, CAST(:birthdays AS date[]), :preferences) AS s (customer_id, birthday, preferences)
            LEFT JOIN LATERAL (SELECT s.birthday, s.preferences WHERE (
                SELECT e.erased FROM customer_sequence AS e WHERE e.customer_id = s.customer_id) IS NOT TRUE) AS known ON true
            ON CONFLICT (generation, customer_id) DO UPDATE
            SET birthday = excluded.birthday, preferences = excluded.preferences
            WHERE d.status <> 'ERASED'
              AND (d.birthday, d.preferences) IS DISTINCT FROM (excluded.birthday, excluded.preferences)""";

    // A snapshot may come after the erasure that its topic's tombstone tells of, and a replay reads
    // old ones again, long before it comes to the erasure: this service knows of it already. Asked
    // row by row, for a join might be planned over all customers.
    private static final String IDENTIFY =
            """
            WITH given AS (
                SELECT * FROM unnest(:given, :sources, :externalIds, CAST(:since AS timestamptz[]))
                    AS g (customer_id, source, external_id, since)),
            removed AS (
                DELETE FROM directory_identity_by_generation AS d
                WHERE d.generation = :generation AND d.customer_id = ANY(:customers)
                  AND NOT EXISTS (SELECT FROM given AS g WHERE g.customer_id = d.customer_id
                                  AND g.source = d.source AND g.external_id = d.external_id))
            INSERT INTO directory_identity_by_generation (generation, source, external_id, customer_id, since)
            SELECT :generation, source, external_id, customer_id, since FROM given
            WHERE (SELECT c.status FROM directory_customer_by_generation AS c
                   WHERE c.generation = :generation AND c.customer_id = given.customer_id) <> 'ERASED'
              AND (SELECT s.erased FROM customer_sequence AS s WHERE s.customer_id = given.customer_id) IS NOT TRUE
            ON CONFLICT DO NOTHING""";

    private static final String FORGET =
            """
            DELETE FROM directory_identity_by_generation
            WHERE generation = :generation AND customer_id = ANY(:erased)""";

    private final Jdbi jdbi;
    private final DirectoryConfig config;

    DirectoryProjection(Jdbi jdbi, DirectoryConfig config) {
        this.jdbi = jdbi;
        this.config = config;
    }

    @Override
    public String name() {
        return "directory";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.CUSTOMERS, Topic.PROFILES);
    }

    @Override
    public List<ProjectionTable> tables() {
        // Since when depends on which of a customer's snapshots are still in the compacted topic.
        return List.of(
                new ProjectionTable("directory_customer_by_generation"),
                new ProjectionTable("directory_identity_by_generation", Set.of("since")));
    }

    @Override
    public void fold(int generation, List<ReceivedEvent> events) {
        SortedMap<UUID, Standing> standings = new TreeMap<>(Ids.BY_VALUE);
        SortedMap<UUID, Snapshot> newest = new TreeMap<>(Ids.BY_VALUE);
        for (ReceivedEvent event : events) {
            switch (event.type()) {
                case "profiles-snapshot.v1" -> newest.put(event.customer(), Snapshot.of(event));
                default ->
                        standing(event)
                                .ifPresent(s -> standings.merge(s.customer(), s, Standing::then));
            }
        }
        jdbi.useHandle(
                handle -> {
                    if (!newest.isEmpty()) {
                        // Before all rows, so that nobody waits for it with what others wait for.
                        handle.createQuery(BRING_IN).mapTo(String.class).one();
                    }
                    if (!standings.isEmpty()) {
                        stand(handle, generation, standings.values());
                    }
                    if (!newest.isEmpty()) {
                        exist(handle, generation, newest.values());
                        identify(handle, generation, newest);
                    }
                });
    }

    private static Optional<Standing> standing(ReceivedEvent event) {
        UUID customer = event.customer();
        return switch (event.type()) {
            case "customer.registered.v1", "customer.unmerged.v1" ->
                    Optional.of(new Standing(customer, "ACTIVE", null));
            case "customer.merged.v1" ->
                    Optional.of(
                            new Standing(customer, "MERGED", event.data(Merged.class).survivor()));
            case Erasures.REQUESTED -> Optional.of(new Standing(customer, "ERASED", null));
            default -> Optional.empty();
        };
    }

    private static void stand(Handle handle, int generation, Collection<Standing> standings) {
        Columns.of(standings)
                .add("customers", UUID.class, Standing::customer)
                .add("statuses", String.class, Standing::status)
                .add("survivors", UUID.class, Standing::survivor)
                .bindTo(handle.createUpdate(STAND))
                .bind("generation", generation)
                .execute();
        List<UUID> erased =
                standings.stream().filter(Standing::erased).map(Standing::customer).toList();
        if (!erased.isEmpty()) {
            handle.createUpdate(FORGET)
                    .bind("generation", generation)
                    .bindArray("erased", UUID.class, erased)
                    .execute();
        }
    }

    private void exist(Handle handle, int generation, Collection<Snapshot> newest) {
        Columns.of(newest)
                .add("customers", UUID.class, Snapshot::customer)
                .add("birthdays", String.class, this::birthday)
                .add("preferences", String.class, this::preferences)
                .bindTo(handle.createUpdate(EXIST))
                .bind("generation", generation)
                .execute();
    }

    private @Nullable String birthday(Snapshot snapshot) {
        LocalDate birthday = snapshot.profile().birthday();
        return birthday == null || !config.birthdays() ? null : birthday.toString();
    }

    private @Nullable String preferences(Snapshot snapshot) {
        JsonNode preferences = snapshot.profile().preferences();
        return preferences == null || preferences.isEmpty() || !config.preferences()
                ? null
                : preferences.toString();
    }

    /** Each customer's newest snapshot says which identities are theirs, and touches no others'. */
    private static void identify(Handle handle, int generation, SortedMap<UUID, Snapshot> newest) {
        List<Given> given = newest.values().stream().flatMap(Snapshot::given).toList();
        Columns.of(given)
                .add("given", UUID.class, Given::customer)
                .add("sources", String.class, Given::source)
                .add("externalIds", String.class, Given::externalId)
                .add("since", String.class, identity -> identity.since().toString())
                .bindTo(handle.createUpdate(IDENTIFY))
                .bind("generation", generation)
                .bindArray("customers", UUID.class, newest.keySet())
                .execute();
    }
}
