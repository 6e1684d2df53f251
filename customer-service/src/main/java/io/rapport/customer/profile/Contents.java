package io.rapport.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rapport.customer.Identity;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that a customer's versions may differ in, by path: what events name, the history keeps, and a
 * past version is put together from.
 */
public final class Contents {

    static final String ATTRIBUTES = "/attributes";
    static final String CONTACT_POINTS = "/contactPoints";
    static final String PREFERENCES = "/preferences";
    static final String RELATIONS = "/relations";
    static final String IDENTITIES = "/identities";

    /** As whom a merged customer answers; a change of it has its place in the history only. */
    static final String SURVIVOR = "/survivor";

    static final Comparator<Identity> IDENTITY_ORDER = Comparator.comparing(Identity::toString);

    /** All pointers that an event may name, sorted. */
    static final List<String> MEMBERS =
            Stream.concat(
                            Arrays.stream(Profile.class.getRecordComponents())
                                    .map(RecordComponent::getName)
                                    .map(name -> "/" + name),
                            Stream.of(RELATIONS, PREFERENCES, IDENTITIES))
                    .sorted()
                    .toList();

    private static final Pattern OF_A_MEMBER = Pattern.compile(PREFERENCES + "/[^:]+:[^:]+:.+");
    private static final Set<String> UNRULED = Set.of(ATTRIBUTES, PREFERENCES, IDENTITIES);

    private final SortedMap<String, JsonNode> values = new TreeMap<>();

    private Contents() {}

    /** All of these values by path. */
    static Contents of(Map<String, JsonNode> values) {
        Contents contents = new Contents();
        contents.values.putAll(values);
        return contents;
    }

    static Contents of(Customer customer) {
        Contents contents = new Contents();
        Profile profile = customer.profile();
        StoredJson.tree(profile.withContactPoints(List.of()).withAttributes(Map.of()))
                .properties()
                .forEach(field -> contents.values.put("/" + field.getKey(), field.getValue()));
        profile.attributes().forEach((name, value) -> contents.put(ATTRIBUTES, name, value));
        for (ContactPoint point : profile.contactPoints()) {
            contents.put(CONTACT_POINTS, ContactPoints.id(point).toString(), point);
        }
        for (Relation relation : customer.relations()) {
            contents.put(RELATIONS, relation.type() + ":" + relation.customer(), relation);
        }
        for (Preference preference : customer.preferences()) {
            contents.put(PREFERENCES, key(preference), preference);
        }
        for (Identity identity : customer.identities()) {
            contents.put(IDENTITIES, identity.toString(), identity);
        }
        return contents;
    }

    private static String key(Preference preference) {
        String own = preference.key() + ":" + preference.learnt();
        return preference.member() == null ? own : own + ":" + preference.member();
    }

    /** The pointer to a preference; to that of a member another one than to the customer's own. */
    static String path(Preference preference) {
        return path(PREFERENCES, key(preference));
    }

    private void put(String member, String key, Object value) {
        values.put(path(member, key), StoredJson.tree(value));
    }

    /** The pointer to what {@code member} has under {@code key}. */
    static String path(String member, String key) {
        return member + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    SortedMap<String, JsonNode> values() {
        return values;
    }

    /** What is another value in {@code after}, by path. */
    static List<Change> changes(Customer before, Customer after) {
        SortedMap<String, JsonNode> old = of(before).values;
        SortedMap<String, JsonNode> now = of(after).values;
        SortedSet<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(now.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(old.get(path), now.get(path)))
                .map(path -> new Change(path, old.get(path), now.get(path)))
                .toList();
    }

    /** As one JSON object with the paths as its members. */
    JsonNode asJson() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.setAll(values);
        return all;
    }

    /**
     * What the API can restore by itself: identities belong to one customer at a time, and what a
     * member prefers is the member's.
     */
    public static boolean isRestorable(String path) {
        return path.startsWith("/")
                && !path.startsWith(IDENTITIES)
                && !path.equals(SURVIVOR)
                && !OF_A_MEMBER.matcher(path).matches();
    }

    /** Whether a change tells that the customer was merged into another one, or is not any more. */
    public static boolean isOfMerge(String path) {
        return path.equals(SURVIVOR);
    }

    /**
     * What a merge can have a rule for: custom attributes one by one; identities and preferences
     * are always those of all.
     */
    public static boolean hasMergeRule(String pointer) {
        return isAttribute(pointer) || (MEMBERS.contains(pointer) && !UNRULED.contains(pointer));
    }

    /** The pointer of the merge rule that a path has. */
    static String ruled(String path) {
        return isAttribute(path) ? path : new Change(path, null, null).member();
    }

    static boolean isAttribute(String path) {
        return path.startsWith(ATTRIBUTES + "/");
    }

    /** The customer with these values instead; null for what is to be taken away. */
    public static Customer with(Customer customer, Map<String, @Nullable JsonNode> instead) {
        Contents contents = of(customer);
        instead.forEach(
                (path, value) -> {
                    if (value == null || value.isNull()) {
                        contents.values.remove(path);
                    } else {
                        contents.values.put(path, value);
                    }
                });
        return contents.over(customer);
    }

    /** The customer with just these contents. */
    Customer over(Customer customer) {
        ObjectNode profile = JsonNodeFactory.instance.objectNode();
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        ArrayNode contactPoints = JsonNodeFactory.instance.arrayNode();
        List<Relation> relations = new ArrayList<>();
        List<Preference> preferences = new ArrayList<>();
        List<Identity> identities = new ArrayList<>();
        values.forEach(
                (path, value) -> {
                    String member = new Change(path, null, null).member();
                    switch (member) {
                        case ATTRIBUTES ->
                                attributes.set(path.substring(ATTRIBUTES.length() + 1), value);
                        case CONTACT_POINTS -> contactPoints.add(value);
                        case RELATIONS -> relations.add(StoredJson.read(value, Relation.class));
                        case PREFERENCES ->
                                preferences.add(StoredJson.read(value, Preference.class));
                        case IDENTITIES -> identities.add(StoredJson.read(value, Identity.class));
                        default -> profile.set(member.substring(1), value);
                    }
                });
        profile.set(ATTRIBUTES.substring(1), attributes);
        profile.set(CONTACT_POINTS.substring(1), contactPoints);
        relations.sort(Relation.ORDER);
        preferences.sort(Preference.ORDER);
        identities.sort(IDENTITY_ORDER);
        return customer.of(
                StoredJson.read(profile, Profile.class),
                List.copyOf(relations),
                List.copyOf(preferences),
                List.copyOf(identities));
    }
}
