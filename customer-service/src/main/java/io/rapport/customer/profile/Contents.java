package io.rapport.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a customer's versions differ in: values by JSON pointer. */
final class Contents {

    /** All pointers that a difference may have, sorted. */
    static final List<String> POINTERS =
            Arrays.stream(Profile.class.getRecordComponents())
                    .map(RecordComponent::getName)
                    .map(name -> "/" + name)
                    .sorted()
                    .toList();

    private Contents() {}

    /** JSON pointers of the members that are not the same in both, sorted. */
    static List<String> differences(Customer one, Customer other) {
        SortedMap<String, JsonNode> before = of(one);
        SortedMap<String, JsonNode> after = of(other);
        SortedSet<String> pointers = new TreeSet<>(before.keySet());
        pointers.addAll(after.keySet());
        pointers.removeIf(pointer -> Objects.equals(before.get(pointer), after.get(pointer)));
        return pointers.stream().map(Contents::member).distinct().toList();
    }

    /** What a path is in: an element of a list is named by its id, and told as the list. */
    private static String member(String path) {
        int below = path.indexOf('/', 1);
        return below < 0 ? path : path.substring(0, below);
    }

    private static SortedMap<String, JsonNode> of(Customer customer) {
        SortedMap<String, JsonNode> values = new TreeMap<>();
        StoredJson.tree(customer.profile().withContactPoints(List.of()))
                .properties()
                .forEach(field -> values.put("/" + field.getKey(), field.getValue()));
        for (ContactPoint point : customer.profile().contactPoints()) {
            values.put("/contactPoints/" + point.id(), StoredJson.tree(point));
        }
        for (Relation relation : customer.relations()) {
            values.put(
                    "/relations/" + relation.type() + "/" + relation.customer(),
                    StoredJson.tree(relation));
        }
        return values;
    }
}
