package io.rapport.operations.projection;

import io.rapport.platform.Refusal;
import io.rapport.platform.event.Generations;
import io.rapport.platform.event.Generations.Standing;
import io.rapport.platform.event.ParkedEvents;
import io.rapport.platform.event.Projection;
import io.rapport.platform.event.ProjectionTable;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/** What an admin commands about the generations of projections. Each command is safe to repeat. */
@ApplicationScoped
public class Replays {

    private static final Logger LOG = Logger.getLogger(Replays.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int CUSTOMERS_AT_ONCE = 10_000;

    private static final String WAITS_FOR_MORE =
            """
            SELECT EXISTS (
                SELECT FROM early_event AS b WHERE b.consumer = ? AND NOT EXISTS (
                    SELECT FROM early_event AS l WHERE l.consumer = ? AND l.customer_id = b.customer_id
                                                 AND l.topic = b.topic AND l.sequence = b.sequence))""";

    // A partition that was not begun yet counts whole.
    private static final String BEHIND =
            """
            SELECT coalesce(sum(l.next_offset - coalesce(b.next_offset, 0)), 0) AS records,
                   coalesce(max(l.next_offset - coalesce(b.next_offset, 0)), 0) AS of_a_partition
            FROM consumer_position AS l
            LEFT JOIN consumer_position AS b
                ON b.consumer = ? AND b.topic = l.topic AND b.partition = l.partition
            WHERE l.consumer = ? AND l.next_offset > coalesce(b.next_offset, 0)""";

    /** How far a generation is behind the live one, in all partitions and in the worst one. */
    public record Behind(long records, long ofAPartition) {}

    private final Jdbi jdbi;
    private final Generations generations;
    private final ProjectionRows projections;
    private final GenerationRows rows;
    private final ParkedEvents parked;

    Replays(
            Jdbi jdbi,
            Generations generations,
            ProjectionRows projections,
            GenerationRows rows,
            ParkedEvents parked) {
        this.jdbi = jdbi;
        this.generations = generations;
        this.projections = projections;
        this.rows = rows;
        this.parked = parked;
    }

    List<ProjectionStanding> list(String after, int most) {
        return generations.standings().stream()
                .filter(standing -> standing.name().compareTo(after) > 0)
                .limit(most)
                .map(this::view)
                .toList();
    }

    ProjectionStanding find(String projection) {
        return view(require(projection));
    }

    /** Begins a replay, unless a generation is folded beside already. */
    ProjectionStanding begin(String projection) {
        if (projections.begin(require(projection))) {
            LOG.infof("A replay of the projection %s has begun.", projection);
        }
        return find(projection);
    }

    /** Reads the generation from now on; refused while it is behind, or when it is not beside. */
    ProjectionStanding switchTo(String projection, int generation) {
        Standing standing = require(projection);
        if (standing.live() == generation) {
            return view(standing);
        }
        requireBeside(standing, generation);
        requireComplete(standing, generation);
        projections.switchTo(standing, generation, () -> catchesUp(standing, generation));
        Standing now = require(projection);
        if (now.live() != generation) {
            throw Refusal.conflict(
                    "generation-behind",
                    "The generation has yet to apply "
                            + behind(standing, generation).records()
                            + " records; what was read already would be gone. Wait for them.");
        }
        LOG.infof("Generation %d of the projection %s is live.", generation, projection);
        return view(now);
    }

    /** Drops the generation; its rows are removed by and by. */
    ProjectionStanding drop(String projection, int generation) {
        Standing standing = require(projection);
        if (standing.live() == generation) {
            throw Refusal.conflict(
                    "generation-is-live", "The live generation is read. Switch to another first.");
        }
        if (generation < 1 || generation > standing.newest()) {
            throw notBeside();
        }
        if (projections.drop(standing, generation)) {
            LOG.infof("Generation %d of the projection %s was dropped.", generation, projection);
        }
        return find(projection);
    }

    /**
     * Compares the generations for the customers beyond {@code after}, some hundred at a time,
     * until {@code most} rows differ or {@link #CUSTOMERS_AT_ONCE} were compared. {@code next}
     * makes the cursor.
     */
    Comparison compare(
            String projection, @Nullable UUID after, int most, Function<UUID, String> next) {
        Standing standing = require(projection);
        int beside = Optional.ofNullable(standing.beside()).orElseThrow(Replays::notBeside);
        List<Difference> found = new ArrayList<>();
        List<UUID> unsettled = new ArrayList<>();
        UUID last = after;
        int compared = 0;
        while (found.size() < most && unsettled.size() < most && compared < CUSTOMERS_AT_ONCE) {
            UUID from = last;
            List<UUID> customers =
                    jdbi.withHandle(handle -> GenerationRows.customers(handle, from));
            if (customers.isEmpty()) {
                return new Comparison(compared, found, unsettled, null);
            }
            // One snapshot for progress and rows, or an event between them would be a difference.
            jdbi.useTransaction(
                    TransactionIsolationLevel.REPEATABLE_READ,
                    handle -> compare(handle, standing, beside, customers, found, unsettled));
            last = customers.getLast();
            compared += customers.size();
        }
        return new Comparison(compared, found, unsettled, last == null ? null : next.apply(last));
    }

    private void compare(
            Handle handle,
            Standing standing,
            int beside,
            List<UUID> customers,
            List<Difference> found,
            List<UUID> unsettled) {
        Set<UUID> open = new HashSet<>();
        Set<UUID> otherVersion = new HashSet<>();
        for (GenerationRows.Apart apart :
                GenerationRows.apart(handle, standing, beside, customers)) {
            (parked.isOnLog(apart.topic()) ? open : otherVersion).add(apart.customerId());
        }
        List<UUID> comparable = new ArrayList<>(customers);
        comparable.removeAll(open);
        Projection projection = generations.projection(standing);
        // Compacted topics are the ones that carry personal data.
        boolean personal = projection.topics().stream().anyMatch(Topic::compacted);
        for (ProjectionTable table : projection.tables()) {
            for (Difference one :
                    rows.differences(handle, table, standing, beside, comparable, personal)) {
                // Compaction may have removed the version that the other has applied, for good:
                // only where the rows differ has it to be waited for.
                if (otherVersion.contains(one.customer())) {
                    open.add(one.customer());
                } else {
                    found.add(one);
                }
            }
        }
        customers.stream().filter(open::contains).forEach(unsettled::add);
    }

    /**
     * What waits for an event that the live one has applied may wait for ever: it may be gone. What
     * came too early and has its predecessor by now is applied within a second, and waited for.
     */
    private void requireComplete(Standing standing, int generation) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (waitsForMore(standing, generation)) {
            if (System.nanoTime() > deadline) {
                throw Refusal.conflict(
                        "generation-incomplete",
                        "Events of the generation wait for earlier ones, and those of the live one do not.");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private boolean waitsForMore(Standing standing, int generation) {
        String consumer = standing.consumer(generation);
        String live = standing.consumer(standing.live());
        return jdbi.withHandle(
                handle -> handle.select(WAITS_FOR_MORE, consumer, live).mapTo(Boolean.class).one());
    }

    /** Waits as long as a lock may be held that others wait for. */
    private boolean catchesUp(Standing standing, int generation) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (behind(standing, generation).records() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        // One that is left by then is no record: it is the mark that ends a transaction, which a
        // position passes with the next record only.
        return behind(standing, generation).ofAPartition() <= 1;
    }

    private ProjectionStanding view(Standing standing) {
        Integer beside = standing.beside();
        return ProjectionStanding.of(
                standing, beside == null ? null : behind(standing, beside).records());
    }

    private Behind behind(Standing standing, int generation) {
        String consumer = standing.consumer(generation);
        String live = standing.consumer(standing.live());
        return jdbi.withHandle(
                handle ->
                        handle.select(BEHIND, consumer, live)
                                .map(ConstructorMapper.of(Behind.class))
                                .one());
    }

    private Standing require(String projection) {
        return generations.standings().stream()
                .filter(standing -> standing.name().equals(projection))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.notFound(
                                        "unknown-projection",
                                        "This service has no projection of this name."));
    }

    private static void requireBeside(Standing standing, int generation) {
        if (!Integer.valueOf(generation).equals(standing.beside())) {
            throw notBeside();
        }
    }

    private static Refusal notBeside() {
        return Refusal.notFound(
                "no-such-generation", "No such generation is folded beside the live one.");
    }
}
