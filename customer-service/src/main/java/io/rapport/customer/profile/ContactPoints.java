package io.rapport.customer.profile;

import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The contact points of one customer as a list in the order of their ids: each target once, at most
 * 50, and of each kind at most one that is preferred.
 */
final class ContactPoints {

    static final int MOST = 50;

    private static final Comparator<ContactPoint> BY_ID =
            Comparator.comparing(ContactPoints::id, Ids.BY_VALUE);

    private ContactPoints() {}

    /** The id of one that is kept. */
    static UUID id(ContactPoint kept) {
        return Objects.requireNonNull(kept.id());
    }

    /**
     * The list that a caller gives in place of {@code known}. Ids are those of known ones; what has
     * none keeps the id of the known one with its target, or gets a new one.
     */
    static List<ContactPoint> given(List<ContactPoint> given, List<ContactPoint> known) {
        Set<UUID> ids = new HashSet<>();
        Map<ContactPoint.Target, UUID> targets = new HashMap<>();
        for (ContactPoint point : known) {
            ids.add(id(point));
            targets.put(point.target(), id(point));
        }
        List<ContactPoint> kept = new ArrayList<>(given.size());
        for (int i = 0; i < given.size(); i++) {
            ContactPoint point = given.get(i);
            UUID id = point.id();
            if (id == null) {
                ContactPoint added = point.kept(Ids.next());
                UUID same = targets.putIfAbsent(added.target(), id(added));
                kept.add(same == null ? added : added.under(same));
            } else if (ids.contains(id)) {
                kept.add(point.kept(id));
            } else {
                throw ContactPoint.idIsNotGiven("/contactPoints/" + i + "/id");
            }
        }
        return sorted(kept);
    }

    /**
     * With those of {@code given} that reach something else. None of them takes the place of a
     * first choice that is there, and none that is there changes.
     */
    static List<ContactPoint> withMore(List<ContactPoint> known, List<ContactPoint> given) {
        List<ContactPoint> all = new ArrayList<>(known);
        Set<ContactPoint.Target> targets = new HashSet<>();
        Set<ContactKind> preferred = new HashSet<>();
        for (ContactPoint point : known) {
            targets.add(point.target());
            if (point.preferred()) {
                preferred.add(point.kind());
            }
        }
        for (int i = 0; i < given.size(); i++) {
            ContactPoint point = given.get(i);
            if (point.id() != null) {
                throw ContactPoint.idIsNotGiven("/contactPoints/" + i + "/id");
            }
            if (targets.add(point.kept(Ids.next()).target())) {
                boolean first = point.preferred() && preferred.add(point.kind());
                all.add(first ? point : point.notPreferred());
            }
        }
        return all;
    }

    /**
     * With this one, added or in place of the one with its id; if preferred, then alone of its
     * kind.
     */
    static List<ContactPoint> with(List<ContactPoint> all, ContactPoint point) {
        List<ContactPoint> others = new ArrayList<>(without(all, point));
        if (point.preferred()) {
            others.replaceAll(other -> other.kind() == point.kind() ? other.notPreferred() : other);
        }
        others.add(point);
        return sorted(others);
    }

    static List<ContactPoint> without(List<ContactPoint> all, ContactPoint gone) {
        return all.stream().filter(point -> !id(gone).equals(point.id())).toList();
    }

    static ContactPoint require(List<ContactPoint> all, UUID id) {
        return all.stream()
                .filter(point -> id.equals(point.id()))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.notFound(
                                        "unknown-contact-point",
                                        "The customer has no contact point with this id."));
    }

    /** Refuses a list that cannot be: too long, a target twice, two preferred ones of a kind. */
    static void requireSound(List<ContactPoint> all) {
        if (all.size() > MOST) {
            throw Refusal.conflict(
                    "too-many-contact-points",
                    "A customer has at most " + MOST + " contact points. Take one away first.");
        }
        Set<ContactPoint.Target> targets = new HashSet<>();
        Set<ContactKind> preferred = new HashSet<>();
        Set<UUID> ids = new HashSet<>();
        for (ContactPoint point : all) {
            if (!targets.add(point.target()) || !ids.add(id(point))) {
                throw Refusal.conflict(
                        "contact-point-exists", "The customer has this contact point already.");
            }
            if (point.preferred() && !preferred.add(point.kind())) {
                throw Refusal.conflict(
                        "preferred-twice", "Of each kind at most one contact point is preferred.");
            }
        }
    }

    private static List<ContactPoint> sorted(List<ContactPoint> points) {
        return points.stream().sorted(BY_ID).toList();
    }
}
