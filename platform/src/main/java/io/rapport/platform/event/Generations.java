package io.rapport.platform.event;

import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * Which generations of this service's projections are folded and which one is read, the same on
 * every replica. Each change hangs on one statement on the projection's row, so that it takes
 * effect once, whoever else asks for it.
 */
@ApplicationScoped
public class Generations {

    /**
     * The {@code live} generation is read; the one {@code beside} is folded too, where there is
     * one. Numbers up to {@code newest} are used up.
     */
    public record Standing(String name, int live, @Nullable Integer beside, int newest) {

        /** The name by which positions, progress and parked events of a generation are kept. */
        public String consumer(int generation) {
            return Generation.nameOf(name, generation);
        }

        IntStream folded() {
            return beside == null ? IntStream.of(live) : IntStream.of(live, beside);
        }
    }

    private static final String BEGIN =
            """
            UPDATE projection SET beside = newest + 1, newest = newest + 1
            WHERE name = ? AND beside IS NULL""";

    private static final String SWITCH =
            "UPDATE projection SET live = beside, beside = live WHERE name = ? AND beside = ?";

    private static final String DROP =
            "UPDATE projection SET beside = NULL, dropped = dropped || beside WHERE name = ? AND beside = ?";

    // In the order in which folds move them.
    private static final String LOCK_POSITIONS =
            """
            SELECT partition FROM consumer_position WHERE consumer = ?
            ORDER BY topic, partition FOR UPDATE""";

    private static final String FORGET = "DELETE FROM consumer_position WHERE consumer = ?";

    private final Jdbi jdbi;
    private final List<Reaction> reactions;
    private final Map<String, Projection> projections = new HashMap<>();

    Generations(
            Jdbi jdbi, @Any Instance<Reaction> reactions, @Any Instance<Projection> projections) {
        this.jdbi = jdbi;
        this.reactions = reactions.stream().toList();
        projections.forEach(projection -> this.projections.put(projection.name(), projection));
    }

    public List<Standing> standings() {
        return jdbi.withHandle(
                handle ->
                        handle.select(
                                        "SELECT name, live, beside, newest FROM projection ORDER BY name")
                                .map(ConstructorMapper.of(Standing.class))
                                .filter(standing -> projections.containsKey(standing.name()))
                                .list());
    }

    public Standing require(String projection) {
        return standings().stream()
                .filter(standing -> standing.name().equals(projection))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.notFound(
                                        "unknown-projection",
                                        "This service has no projection of this name."));
    }

    public List<ProjectionTable> tables(Standing standing) {
        return projection(standing).tables();
    }

    /**
     * Whether its rows may hold personal data: compacted topics are the ones that carry personal
     * data.
     */
    public boolean holdsPersonalData(Standing standing) {
        return projection(standing).topics().stream().anyMatch(Topic::compacted);
    }

    /** Begins to fold another generation from the beginning of its topics; false: one is there. */
    public boolean begin(String projection) {
        return jdbi.withHandle(handle -> handle.execute(BEGIN, projection)) == 1;
    }

    /**
     * Reads the generation beside in place of the live one, which goes on being folded beside it;
     * false: that generation is not beside, or {@code caughtUp} says no. While that is asked the
     * live one stands still, so that what was read already is there afterwards.
     */
    public boolean switchTo(Standing standing, int generation, BooleanSupplier caughtUp) {
        return jdbi.inTransaction(
                handle -> {
                    lockPositions(handle, standing.consumer(standing.live()));
                    return caughtUp.getAsBoolean()
                            && handle.execute(SWITCH, standing.name(), generation) == 1;
                });
    }

    private static void lockPositions(Handle handle, String consumer) {
        handle.select(LOCK_POSITIONS, consumer).mapTo(Integer.class).list();
    }

    /**
     * Folds the generation beside no longer; false: that generation is not beside. Its positions go
     * with it, so that no fold that is still running can commit.
     */
    public boolean drop(String projection, int generation) {
        return jdbi.inTransaction(
                handle -> {
                    String consumer = Generation.nameOf(projection, generation);
                    lockPositions(handle, consumer);
                    boolean dropped = handle.execute(DROP, projection, generation) == 1;
                    if (dropped) {
                        handle.execute(FORGET, consumer);
                    }
                    return dropped;
                });
    }

    /** All that is to read topics now: reactions, and the generations that are folded. */
    List<EventConsumer> consumers() {
        return Stream.concat(reactions.stream(), standings().stream().flatMap(this::folded))
                .toList();
    }

    private Stream<Generation> folded(Standing standing) {
        return standing.folded().mapToObj(number -> new Generation(projection(standing), number));
    }

    private Projection projection(Standing standing) {
        return Optional.ofNullable(projections.get(standing.name())).orElseThrow();
    }
}
