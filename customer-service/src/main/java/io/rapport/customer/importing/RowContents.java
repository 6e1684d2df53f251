package io.rapport.customer.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rapport.customer.Identity;
import io.rapport.customer.profile.ContactKind;
import io.rapport.customer.profile.ContactPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The values of one row as they are read, one by one. For one thread. */
final class RowContents {

    private static final String CONTACT_POINTS = "contactPoints";
    private static final String IDENTITIES = "identities";
    private static final String ATTRIBUTES = "attributes";

    private final SortedSet<Identity> identities =
            new TreeSet<>(Comparator.comparing(Identity::toString));
    private final List<ContactPoint> ways = new ArrayList<>();
    private final ObjectNode patch;
    private final ObjectNode attributes;
    private final Map<String, String> cells = new HashMap<>();

    RowContents(ObjectMapper json) {
        this.patch = json.createObjectNode();
        this.attributes = json.createObjectNode();
    }

    /** The value of a custom attribute as text, whose type decides what it is. */
    void add(String attribute, String cell) {
        cells.put(attribute, cell);
    }

    void add(Column column, JsonNode value) {
        switch (column.kind()) {
            case IDENTITY -> identities.add(identity(column.name(), value));
            case IDENTITIES -> addIdentities(value);
            case CONTACT_POINT -> {
                if (!value.isNull()) {
                    ContactKind kind = ContactKind.valueOf(column.name());
                    ways.add(ContactPoint.of(kind, text(column.name(), value)));
                }
            }
            case ATTRIBUTE -> attributes.set(column.name(), value);
            case TEXT, TEXTS, JSON -> patch.set(column.name(), value);
            case NOTHING -> {}
        }
    }

    ImportedRow row(long number, int from) {
        // Ids of contact points are given by the installation that an export came from.
        patch.path(CONTACT_POINTS)
                .forEach(
                        point -> {
                            if (point instanceof ObjectNode object) {
                                object.remove("id");
                            }
                        });
        if (!attributes.isEmpty() && patch.path(ATTRIBUTES).isObject() == patch.has(ATTRIBUTES)) {
            patch.withObjectProperty(ATTRIBUTES).setAll(attributes);
        }
        return new ImportedRow(number, from, identities, Set.of(), patch, cells, ways, null);
    }

    private void addIdentities(JsonNode list) {
        if (!list.isArray()) {
            throw RowReading.field(IDENTITIES, "must be an array of source and externalId");
        }
        for (JsonNode one : list) {
            identities.add(identity(text(IDENTITIES, one.path("source")), one.path("externalId")));
        }
    }

    private static Identity identity(String source, JsonNode externalId) {
        return Identity.presented(source, text(IDENTITIES, externalId));
    }

    private static String text(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw RowReading.field(field, "must be text");
        }
        return value.textValue();
    }
}
