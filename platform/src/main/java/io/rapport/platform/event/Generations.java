package io.rapport.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * Which generations of this service's projections are folded and which one is read, the same on
 * every replica. Thread-safe.
 */
@ApplicationScoped
public class Generations {

    /**
     * The {@code live} generation is read; the one {@code beside} is folded too, where there is
     * one. Numbers up to {@code newest} are used up; rows of {@code dropped} ones may still be
     * there.
     */
    public record Standing(
            String name, int live, @Nullable Integer beside, int newest, List<Integer> dropped) {

        /** The name by which positions, progress and parked events of a generation are kept. */
        public String consumer(int generation) {
            return Generation.nameOf(name, generation);
        }

        IntStream folded() {
            return beside == null ? IntStream.of(live) : IntStream.of(live, beside);
        }
    }

    private final Jdbi jdbi;
    private final List<Reaction> reactions;
    private final Map<String, Projection> projections = new HashMap<>();

    Generations(
            Jdbi jdbi, @Any Instance<Reaction> reactions, @Any Instance<Projection> projections) {
        this.jdbi = jdbi;
        this.reactions = reactions.stream().toList();
        projections.forEach(projection -> this.projections.put(projection.name(), projection));
    }

    /** Those of all projections, in the order of their names. */
    public List<Standing> standings() {
        return jdbi.withHandle(
                handle ->
                        handle.select(
                                        "SELECT name, live, beside, newest, dropped FROM projection ORDER BY name")
                                .map(ConstructorMapper.of(Standing.class))
                                .filter(standing -> projections.containsKey(standing.name()))
                                .list());
    }

    /** All that is to read topics now: reactions, and the generations that are folded. */
    List<EventConsumer> consumers() {
        return Stream.concat(reactions.stream(), standings().stream().flatMap(this::folded))
                .toList();
    }

    private Stream<Generation> folded(Standing standing) {
        return standing.folded().mapToObj(number -> new Generation(projection(standing), number));
    }

    /** What is folded. */
    public Projection projection(Standing standing) {
        return Optional.ofNullable(projections.get(standing.name())).orElseThrow();
    }
}
