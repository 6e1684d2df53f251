package io.rapport.interaction.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;

/** Brings equal JSON into one form: members by name, numbers without zeros that say nothing. */
public final class CanonicalJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private CanonicalJson() {}

    /** Of JSON whose numbers are bounded, for they are written out. */
    public static ObjectNode of(ObjectNode object) {
        ObjectNode members = NODES.objectNode();
        object.properties().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEachOrdered(member -> members.set(member.getKey(), form(member.getValue())));
        return members;
    }

    private static JsonNode form(JsonNode json) {
        return switch (json) {
            case ObjectNode object -> of(object);
            case ArrayNode array -> {
                ArrayNode elements = NODES.arrayNode();
                array.forEach(element -> elements.add(form(element)));
                yield elements;
            }
            default -> json.isNumber() ? number(json.decimalValue()) : json;
        };
    }

    private static JsonNode number(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.scale() <= 0
                ? NODES.numberNode(shortest.toBigIntegerExact())
                : NODES.numberNode(shortest);
    }
}
