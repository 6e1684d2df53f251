package io.rapport.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.platform.CustomerReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A survivor's own values and those of the members merged into it, in the order in which they were:
 * what it answers, and what an edit of that makes of its own values. Without members it answers as
 * it is.
 */
public record Merged(Customer own, List<Member> members) {

    /** One that was merged, as it stands by itself. */
    public record Member(Customer customer, MergeLink link) {
        private Member withoutShowing(Set<String> paths) {
            Set<String> edited = new HashSet<>(link.edited());
            Contents.of(customer).values().keySet().stream()
                    .filter(path -> paths.contains(shown(path)))
                    .forEach(edited::add);
            return new Member(customer, link.withEdited(edited));
        }

        /** Under which path the member's value would be shown. */
        private String shown(String path) {
            return path.startsWith(Contents.PREFERENCES) ? path + ":" + customer.id() : path;
        }
    }

    /** A value that is shown, and whose it is, or whose together. */
    public record Value(String path, JsonNode value, List<UUID> from) {
        /** Whether it is a login, which is told to nobody. */
        public boolean ofLogin() {
            return path.startsWith(Contents.IDENTITIES + "/" + CustomerReference.LOGIN + ":");
        }
    }

    /** Each of them by its own values. */
    public Stream<Customer> each() {
        return Stream.concat(Stream.of(own), members.stream().map(Member::customer));
    }

    /** What the survivor answers. Its identities are those of all. */
    public Customer view() {
        return members.isEmpty() ? own : new MergedValues(this).view();
    }

    /** What the survivor answers, path by path. */
    public List<Value> values() {
        return new MergedValues(this).all();
    }

    /** The same with more members. */
    public Merged and(List<Member> more) {
        List<Member> all = Stream.concat(members.stream(), more.stream()).toList();
        List<UUID> ids = all.stream().map(member -> member.customer().id()).toList();
        return new Merged(own.with(new MergeState(null, ids)), all);
    }

    /** The same without one of the members. */
    public Merged without(Member gone) {
        return new Merged(own, List.of())
                .and(members.stream().filter(member -> !member.equals(gone)).toList());
    }

    /**
     * This, when {@code edited} is to be what it answers: what differs becomes the survivor's own,
     * and the members' values of it are shown no more.
     */
    Merged showing(Customer edited) {
        if (members.isEmpty()) {
            return new Merged(edited, members);
        }
        Merged merged = this;
        List<Change> left = Contents.changes(view(), edited);
        // A value that is taken away may bring another one to light, which was edited too, then.
        while (!left.isEmpty()) {
            merged = merged.with(merged.ofItself(left, edited));
            List<Change> still = Contents.changes(merged.view(), edited);
            if (still.equals(left)) {
                throw new IllegalStateException("an edit does not show");
            }
            left = still;
        }
        return merged;
    }

    private Merged with(List<Change> edits) {
        Map<String, @Nullable JsonNode> values = new HashMap<>();
        edits.forEach(edit -> values.put(edit.path(), edit.newValue()));
        return new Merged(
                Contents.with(own, values),
                members.stream().map(member -> member.withoutShowing(values.keySet())).toList());
    }

    /**
     * Without those that follow from the others: a member's contact point that is preferred no
     * more, because another of its kind is, stays the member's.
     */
    private List<Change> ofItself(List<Change> changes, Customer edited) {
        Set<String> owned = Contents.of(own).values().keySet();
        List<Change> edits =
                changes.stream()
                        .filter(
                                change ->
                                        owned.contains(change.path())
                                                || !isPreferredNoMore(change, edited))
                        .toList();
        return edits.isEmpty() ? changes : edits;
    }

    private static boolean isPreferredNoMore(Change change, Customer edited) {
        JsonNode before = change.oldValue();
        JsonNode after = change.newValue();
        if (!change.member().equals(Contents.CONTACT_POINTS) || before == null || after == null) {
            return false;
        }
        ContactPoint point = StoredJson.read(before, ContactPoint.class);
        return StoredJson.read(after, ContactPoint.class).equals(point.notPreferred())
                && edited.profile().contactPoints().stream()
                        .anyMatch(
                                other ->
                                        other.preferred()
                                                && other.kind() == point.kind()
                                                && !Objects.equals(other.id(), point.id()));
    }
}
