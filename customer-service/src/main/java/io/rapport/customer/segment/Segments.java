package io.rapport.customer.segment;

import io.rapport.customer.profile.AttributeReading;
import io.rapport.customer.profile.AttributeType;
import io.rapport.customer.profile.ChangeActor;
import io.rapport.customer.profile.ETags;
import io.rapport.customer.segment.RuleReading.Names;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes, changes and deletes segments. One change of any of them goes on at a time, so that what
 * refers to what never runs in a circle; that what is referred to stays is held by foreign keys.
 */
@ApplicationScoped
class Segments {

    /** The segment as it is now, and whether this call made it. */
    record Put(Segment segment, boolean made) {}

    private final SegmentRows rows;
    private final SegmentBuilds builds;
    private final MemberRows members;
    private final OverrideRows overrides;
    private final AttributeReading attributes;
    private final ChangeActor actor;
    private final SegmentConfig config;
    private final Clock clock;

    Segments(
            SegmentRows rows,
            SegmentBuilds builds,
            MemberRows members,
            OverrideRows overrides,
            AttributeReading attributes,
            ChangeActor actor,
            SegmentConfig config,
            Clock clock) {
        this.rows = rows;
        this.builds = builds;
        this.members = members;
        this.overrides = overrides;
        this.attributes = attributes;
        this.actor = actor;
        this.config = config;
        this.clock = clock;
    }

    Segment require(String key) {
        return rows.find(key).orElseThrow(Segments::unknown);
    }

    /** The segment, which nobody else holds or changes until the transaction ends. */
    @Transactional(TxType.MANDATORY)
    Segment hold(String key) {
        return rows.holdOne(key).orElseThrow(Segments::unknown);
    }

    List<Segment> page(String after, int limit) {
        return rows.page(after, limit);
    }

    /** The rule of conditions that belong to no segment yet. */
    ReadRule read(Condition condition) {
        Set<String> keys = rows.keys();
        return RuleReading.read(
                condition, new Names(types(condition), other -> fault(other, keys, Set.of())));
    }

    /**
     * Makes the segment with {@code If-None-Match: *}, changes it with {@code If-Match}: 428
     * without either, 412 when it is not as they say. Its members, and those of segments that refer
     * to it, are decided anew from then on, unless only what it is called has changed.
     */
    @Transactional
    Put put(
            String key,
            SegmentTerms terms,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch) {
        rows.hold();
        Optional<Segment> known = rows.find(key);
        if (known.isPresent()) {
            return new Put(change(known.get(), terms, ifMatch, ifNoneMatch), false);
        }
        ETags.requireMayMake(ifMatch, ifNoneMatch);
        Segment made = Segment.make(key, terms, now());
        Map<String, AttributeType> types = types(terms.condition());
        Set<String> keys = rows.keys();
        ReadRule read = read(key, terms, types, other -> fault(other, keys, Set.of(key)));
        if (keys.size() >= config.most()) {
            throw Refusal.conflict(
                    "too-many-segments", "There are as many segments as there can be.");
        }
        rows.insert(made, read, types);
        return new Put(begin(made), true);
    }

    private Segment change(
            Segment current,
            SegmentTerms terms,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch) {
        if (!ETags.noneMatch(ifNoneMatch, current.version())) {
            throw exists();
        }
        ETags.requireMatch(ifMatch, current.version());
        Segment changed = current.change(terms, now());
        if (changed.version() == current.version()) {
            return current;
        }
        Map<String, AttributeType> types = types(terms.condition());
        Set<String> keys = rows.keys();
        Set<String> dependants = rows.dependants(current.key());
        ReadRule read = read(current.key(), terms, types, other -> fault(other, keys, dependants));
        rows.update(changed, read, types);
        return changed.decidesAs(current) ? require(changed.key()) : begin(changed);
    }

    private Segment begin(Segment changed) {
        builds.begin(rows.dependants(changed.key()));
        return require(changed.key());
    }

    private ReadRule read(
            String key,
            SegmentTerms terms,
            Map<String, AttributeType> types,
            Function<String, Optional<String>> segmentFault) {
        ReadRule read = RuleReading.read(terms.condition(), new Names(types, segmentFault));
        if (!read.segments().isEmpty()
                && rows.references().with(key, read.segments()).chainThrough(key)
                        > References.LONGEST_CHAIN) {
            throw RuleReading.refusal(
                    new FieldError(
                            RuleReading.POINTER,
                            "makes a chain of more than %d segments that refer to each other"
                                    .formatted(References.LONGEST_CHAIN)));
        }
        return read;
    }

    private Map<String, AttributeType> types(Condition condition) {
        return attributes.types(RuleReading.attributes(condition));
    }

    /** {@code circle}: those that would lead back to the segment that refers to them. */
    private static Optional<String> fault(String other, Set<String> keys, Set<String> circle) {
        if (circle.contains(other)) {
            return Optional.of("is this segment itself, or refers to it");
        }
        return keys.contains(other) ? Optional.empty() : Optional.of("is not a segment");
    }

    /**
     * Refused while others refer to it, or anybody may be in it; it can be retired then. What was
     * said of customers and this segment ends with it, and is kept; of very many it is refused.
     */
    @Transactional
    Segment delete(String key, @Nullable String ifMatch) {
        rows.hold();
        Segment current = require(key);
        ETags.requireMatch(ifMatch, current.version());
        if (current.terms().active() || current.build() != null || members.isAny(key)) {
            throw Refusal.conflict(
                    "segment-has-members",
                    "Retire it first (active=false), and delete it when its state is READY again: then all have left.");
        }
        endOverrides(key);
        rows.delete(key);
        return current;
    }

    /** What is said meanwhile is refused, or refuses the deletion: the foreign key sees to it. */
    private void endOverrides(String key) {
        int most = config.customersPerTransaction();
        List<UUID> said = overrides.holdCustomers(key, most + 1);
        if (said.size() > most) {
            throw Refusal.conflict(
                    "segment-has-overrides",
                    "Something is said of more than %d customers and this segment. Take that back first."
                            .formatted(most));
        }
        overrides.takeBack(key, said, actor.current().subject(), now());
    }

    private static Refusal unknown() {
        return Refusal.notFound("unknown-segment", "There is no segment with this key.");
    }

    private static Refusal exists() {
        return Refusal.preconditionFailed(
                "segment-exists", "There is a segment with this key already.");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
