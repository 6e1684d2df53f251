package io.rapport.customer.context;

import io.rapport.platform.event.Projection;
import io.rapport.platform.event.ProjectionTable;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * Folds what the other services tell into the context tables. Events are added up in memory first,
 * so that a batch costs one statement a table, however many events it has. Rows are made for
 * customers not known here yet.
 */
@ApplicationScoped
public class ContextProjection implements Projection {

    static final String NAME = "context";

    private final Jdbi jdbi;
    private final Event<ContextChanged> changed;

    ContextProjection(Jdbi jdbi, Event<ContextChanged> changed) {
        this.jdbi = jdbi;
        this.changed = changed;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(Topic.INTERACTIONS, Topic.LOYALTY, Topic.FEEDBACK);
    }

    @Override
    public List<ProjectionTable> tables() {
        return List.of(
                new ProjectionTable("context_interaction_by_generation"),
                new ProjectionTable("context_amount_by_generation"),
                new ProjectionTable("context_contact_by_generation"),
                new ProjectionTable("context_loyalty_by_generation"),
                new ProjectionTable("context_feedback_by_generation"));
    }

    @Override
    public void fold(int generation, List<ReceivedEvent> events) {
        List<ContextFold> folds =
                List.of(
                        new InteractionFold(),
                        new ContactFold(),
                        new LoyaltyFold(),
                        new FeedbackFold());
        for (ReceivedEvent event : events) {
            folds.forEach(fold -> fold.add(event));
        }
        jdbi.useHandle(handle -> folds.forEach(fold -> fold.write(handle, generation)));
        changed.fire(
                new ContextChanged(
                        generation,
                        events.stream()
                                .collect(
                                        Collectors.toMap(
                                                ReceivedEvent::customer,
                                                Function.identity(),
                                                (_, later) -> later))
                                .values()));
    }
}
