package io.rapport.customer.segment;

import io.rapport.customer.SegmentReason;
import io.rapport.customer.segment.SegmentBuilds.Build;
import io.rapport.platform.event.Cause;
import io.rapport.platform.timer.TimerAction;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides all customers anew for a segment, some each time, due at once until none is left; whoever
 * is killed lets another go on.
 *
 * <p>Nobody is missed: who reads the segments after the change decides by it. Who read them before
 * has a transaction that was there when the change was committed, and the build waits until all
 * those have ended before it reads the first customer.
 */
@ApplicationScoped
public class SegmentBuildTimer implements TimerAction {

    static final String KIND = "segment-build";

    /** Until it is looked again whether they have ended. */
    private static final Duration WAIT = Duration.ofMillis(100);

    private final SegmentBuilds builds;
    private final HeldCustomers held;
    private final SegmentConfig config;
    private final Timers timers;
    private final Clock clock;

    SegmentBuildTimer(
            SegmentBuilds builds,
            HeldCustomers held,
            SegmentConfig config,
            Timers timers,
            Clock clock) {
        this.builds = builds;
        this.held = held;
        this.config = config;
        this.timers = timers;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean isWork() {
        return true;
    }

    @Override
    public void fire(UUID subject, Instant due) {
        builds.hold(subject).ifPresent(this::advance);
    }

    private void advance(Build build) {
        switch (build.state()) {
            case BEGUN -> {
                builds.fence(build.id());
                again(build, Duration.ZERO);
            }
            case FENCED -> again(build, WAIT);
            case PASSED -> decide(build);
        }
    }

    private void decide(Build build) {
        List<Build> together =
                Stream.concat(Stream.of(build), builds.holdBeside(build).stream()).toList();
        List<UUID> customers =
                builds.customers(build.after(), config.customersAtOnce(together.size()));
        if (customers.isEmpty()) {
            builds.end(build.id());
            return;
        }
        Set<String> segments = together.stream().map(Build::segment).collect(Collectors.toSet());
        Cause.working(
                build.id(),
                () -> {
                    held.decide(customers, set -> set.of(segments), SegmentReason.DEFINITION);
                    return build;
                });
        builds.advance(together.stream().map(Build::id).toList(), customers);
        again(build, Duration.ZERO);
    }

    private void again(Build build, Duration later) {
        timers.set(KIND, build.id(), clock.instant().plus(later));
    }
}
