package io.rapport.operations.projection;

import io.rapport.platform.Refusal;
import io.rapport.platform.event.Generations;
import io.rapport.platform.event.Generations.Standing;
import io.rapport.platform.event.ProjectionTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * What an admin commands about the generations of projections. Each command is one statement on the
 * projection's row, and safe to repeat.
 */
@ApplicationScoped
public class Replays {

    private static final Logger LOG = Logger.getLogger(Replays.class);
    private static final int CHUNK = 500;
    private static final int CUSTOMERS_AT_ONCE = 10_000;

    // A partition that was not begun yet counts whole.
    private static final String BEHIND =
            """
            SELECT coalesce(sum(greatest(l.next_offset - coalesce(b.next_offset, 0), 0)), 0)
            FROM consumer_position AS l
            LEFT JOIN consumer_position AS b
                ON b.consumer = ? AND b.topic = l.topic AND b.partition = l.partition
            WHERE l.consumer = ?""";

    private final Jdbi jdbi;
    private final Generations generations;
    private final GenerationRows rows;
    private final long mostBehind;

    Replays(
            Jdbi jdbi,
            Generations generations,
            GenerationRows rows,
            @ConfigProperty(name = "rapport.operations.switch-most-behind", defaultValue = "1000")
                    long mostBehind) {
        this.jdbi = jdbi;
        this.generations = generations;
        this.rows = rows;
        this.mostBehind = mostBehind;
    }

    List<ProjectionStanding> list(String after, int most) {
        return generations.standings().stream()
                .filter(standing -> standing.name().compareTo(after) > 0)
                .limit(most)
                .map(this::view)
                .toList();
    }

    ProjectionStanding find(String projection) {
        return view(generations.require(projection));
    }

    /** Begins a replay, unless a generation is folded beside already. */
    ProjectionStanding begin(String projection) {
        generations.require(projection);
        if (generations.begin(projection)) {
            LOG.infof("A replay of the projection %s has begun.", projection);
        }
        return find(projection);
    }

    /** Reads the generation from now on; refused while it is behind, or when it is not beside. */
    ProjectionStanding switchTo(String projection, int generation) {
        Standing standing = generations.require(projection);
        if (standing.live() == generation) {
            return view(standing);
        }
        requireBeside(standing, generation);
        long behind = behind(standing, generation);
        if (behind > mostBehind) {
            throw Refusal.conflict(
                    "generation-behind",
                    "The generation has yet to apply "
                            + behind
                            + " records; what was read already would be gone. Wait until at most "
                            + mostBehind
                            + " are left.");
        }
        generations.switchTo(projection, generation);
        Standing now = generations.require(projection);
        if (now.live() != generation) {
            throw notBeside();
        }
        LOG.infof("Generation %d of the projection %s is live.", generation, projection);
        return view(now);
    }

    /** Drops the generation; its rows are removed by and by. */
    ProjectionStanding drop(String projection, int generation) {
        Standing standing = generations.require(projection);
        if (standing.live() == generation) {
            throw Refusal.conflict(
                    "generation-is-live", "The live generation is read. Switch to another first.");
        }
        if (generation < 1 || generation > standing.newest()) {
            throw notBeside();
        }
        if (generations.drop(projection, generation)) {
            LOG.infof("Generation %d of the projection %s was dropped.", generation, projection);
        }
        return find(projection);
    }

    /**
     * Compares the generations for the customers beyond {@code after}: up to {@code rows}
     * differences, and {@link #CUSTOMERS_AT_ONCE} customers. {@code next} makes the cursor.
     */
    Comparison compare(
            String projection, @Nullable UUID after, int most, Function<UUID, String> next) {
        Standing standing = generations.require(projection);
        int beside = Optional.ofNullable(standing.beside()).orElseThrow(Replays::notBeside);
        List<String> consumers =
                List.of(standing.consumer(standing.live()), standing.consumer(beside));
        List<Difference> found = new ArrayList<>();
        List<UUID> unsettled = new ArrayList<>();
        UUID last = after;
        int compared = 0;
        while (found.size() < most && unsettled.size() < most && compared < CUSTOMERS_AT_ONCE) {
            UUID from = last;
            List<UUID> customers =
                    jdbi.withHandle(
                            handle -> GenerationRows.customers(handle, consumers, from, CHUNK));
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
        List<UUID> apart = GenerationRows.unsettled(handle, standing, beside, customers);
        List<UUID> settled = new ArrayList<>(customers);
        settled.removeAll(apart);
        unsettled.addAll(apart);
        boolean personal = generations.holdsPersonalData(standing);
        for (ProjectionTable table : generations.tables(standing)) {
            found.addAll(rows.differences(handle, table, standing, beside, settled, personal));
        }
    }

    private ProjectionStanding view(Standing standing) {
        Integer beside = standing.beside();
        return ProjectionStanding.of(standing, beside == null ? null : behind(standing, beside));
    }

    private long behind(Standing standing, int generation) {
        String consumer = standing.consumer(generation);
        String live = standing.consumer(standing.live());
        return jdbi.withHandle(
                handle -> handle.select(BEHIND, consumer, live).mapTo(Long.class).one());
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
