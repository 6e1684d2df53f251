package io.rapport.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Adds up numbers by customer, and remembers in which order they came. */
@ApplicationScoped
class TotalProjection implements Projection {

    record Added(Long number) {
        Added {
            Objects.requireNonNull(number);
        }
    }

    record Noted(String note) {}

    private final Jdbi jdbi;

    TotalProjection(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public String name() {
        return "total";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.INTERACTIONS);
    }

    @Override
    public List<ProjectionTable> tables() {
        return List.of(new ProjectionTable("test_total_by_generation"));
    }

    @Override
    public void fold(int generation, List<ReceivedEvent> events) {
        for (ReceivedEvent event : events) {
            switch (event.type()) {
                case "test.added.v1" -> add(generation, event, event.data(Added.class).number());
                case "test.noted.v1" -> note(event.data(Noted.class).note());
                default -> {}
            }
        }
    }

    private void note(String note) {
        jdbi.useHandle(handle -> handle.execute("INSERT INTO test_note VALUES (?)", note));
    }

    private void add(int generation, ReceivedEvent event, long number) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        INSERT INTO test_total_by_generation AS t
                                        VALUES (:customer, 1, :number, :sequence, :generation)
                                        ON CONFLICT (generation, customer_id) DO UPDATE
                                        SET events = t.events + 1, total = t.total + :number,
                                            seen = t.seen || ',' || :sequence""")
                                .bind("generation", generation)
                                .bind("customer", event.customer())
                                .bind("number", number)
                                .bind("sequence", Long.toString(event.sequence()))
                                .execute());
    }
}
