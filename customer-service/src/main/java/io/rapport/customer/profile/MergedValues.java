package io.rapport.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** What a survivor shows, by path, and from whom each value is. Built once, for one thread. */
final class MergedValues {

    /** In which lists of custom attributes are kept. */
    private static final Comparator<JsonNode> BY_TEXT = Comparator.comparing(JsonNode::asText);

    private final Merged merged;
    private final SortedMap<String, JsonNode> values = new TreeMap<>();
    private final Map<String, Set<UUID>> origins = new HashMap<>();
    private final Set<UUID> ids = new HashSet<>();

    MergedValues(Merged merged) {
        this.merged = merged;
        ids.add(merged.own().id());
        merged.members().forEach(member -> ids.add(member.customer().id()));
        Contents.of(merged.own())
                .values()
                .forEach((path, value) -> put(path, value, merged.own().id()));
        values.entrySet().removeIf(entry -> isToOneself(entry.getKey(), entry.getValue()));
        merged.members().forEach(this::add);
    }

    /** The survivor with all of these values. */
    Customer view() {
        Customer view = Contents.of(values).over(merged.own());
        Profile profile = view.profile();
        return view.of(
                profile.tidied(profile.contactPoints()),
                view.relations(),
                view.preferences(),
                view.identities());
    }

    List<Merged.Value> all() {
        return values.entrySet().stream()
                .map(
                        entry ->
                                new Merged.Value(
                                        entry.getKey(),
                                        entry.getValue(),
                                        List.copyOf(from(entry.getKey()))))
                .toList();
    }

    private Set<UUID> from(String path) {
        return origins.getOrDefault(path, Set.of());
    }

    private void add(Merged.Member member) {
        MergeLink link = member.link();
        Contents.of(member.customer())
                .values()
                .forEach(
                        (path, value) -> {
                            MergeRule rule = link.rule(path);
                            if (path.startsWith(Contents.IDENTITIES)) {
                                put(path, value, link.member());
                            } else if (rule != MergeRule.SURVIVOR
                                    && !link.edited().contains(path)) {
                                add(path, value, link.member(), rule);
                            }
                        });
    }

    private void add(String path, JsonNode value, UUID member, MergeRule rule) {
        if (path.startsWith(Contents.CONTACT_POINTS)) {
            addContactPoint(path, StoredJson.read(value, ContactPoint.class), member);
        } else if (path.startsWith(Contents.RELATIONS)) {
            addRelation(path, StoredJson.read(value, Relation.class), member);
        } else if (path.startsWith(Contents.PREFERENCES)) {
            addPreference(StoredJson.read(value, Preference.class), member);
        } else if (value.isArray()) {
            addList(path, value, member, rule);
        } else if (rule == MergeRule.MEMBER || !values.containsKey(path)) {
            put(path, value, member);
        }
    }

    private void put(String path, JsonNode value, UUID from) {
        values.put(path, value);
        origins.put(path, Set.of(from));
    }

    /** An empty list is as good as none. */
    private void addList(String path, JsonNode list, UUID member, MergeRule rule) {
        JsonNode shown = values.get(path);
        if (shown == null || shown.isEmpty() || (rule == MergeRule.MEMBER && !list.isEmpty())) {
            put(path, list, member);
        } else if (!list.isEmpty() && rule == MergeRule.FILL) {
            ArrayNode both = JsonNodeFactory.instance.arrayNode();
            Stream<JsonNode> elements =
                    Stream.concat(shown.valueStream(), list.valueStream()).distinct();
            (Contents.isAttribute(path) ? elements.sorted(BY_TEXT) : elements).forEach(both::add);
            if (!both.equals(shown)) {
                values.put(path, both);
                Set<UUID> all = new LinkedHashSet<>(from(path));
                all.add(member);
                origins.put(path, all);
            }
        }
    }

    /** Each target once, and of each kind the first that is preferred. */
    private void addContactPoint(String path, ContactPoint point, UUID member) {
        List<ContactPoint> shown = all(Contents.CONTACT_POINTS, ContactPoint.class);
        if (values.containsKey(path)
                || shown.stream().anyMatch(other -> other.target().equals(point.target()))) {
            return;
        }
        boolean second =
                shown.stream().anyMatch(other -> other.preferred() && other.kind() == point.kind());
        put(path, second ? StoredJson.tree(point.notPreferred()) : StoredJson.tree(point), member);
    }

    /** None to oneself, and no more of a type than one customer can have. */
    private void addRelation(String path, Relation relation, UUID member) {
        List<Relation> shown = all(Contents.RELATIONS, Relation.class);
        if (!ids.contains(relation.customer())
                && !values.containsKey(path)
                && Relation.hasRoom(shown, relation.type())) {
            put(path, StoredJson.tree(relation), member);
        }
    }

    /** Beside what others have, whatever it is: which of them holds is decided when it is asked. */
    private void addPreference(Preference preference, UUID member) {
        Preference added = preference.of(member);
        put(Contents.path(added), StoredJson.tree(added), member);
    }

    private boolean isToOneself(String path, JsonNode value) {
        return path.startsWith(Contents.RELATIONS)
                && ids.contains(StoredJson.read(value, Relation.class).customer());
    }

    private <T> List<T> all(String member, Class<T> type) {
        return values.subMap(member + "/", member + "0").values().stream()
                .map(value -> StoredJson.read(value, type))
                .toList();
    }
}
