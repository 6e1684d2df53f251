package io.rapport.customer.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rapport.customer.Identity;
import io.rapport.customer.profile.ContactKind;
import io.rapport.customer.profile.ContactPoint;
import io.rapport.platform.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The values of one row as they are read, one by one. For one thread. */
final class RowContents {

    private static final String CONTACT_POINTS = "contactPoints";
    private static final String IDENTITIES = "identities";

    private final SortedSet<Identity> identities =
            new TreeSet<>(Comparator.comparing(Identity::toString));
    private final List<ContactPoint> ways = new ArrayList<>();
    private final ObjectNode patch;

    RowContents(ObjectMapper json) {
        this.patch = json.createObjectNode();
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
            case TEXT, TEXTS, JSON -> patch.set(column.name(), value);
            case NOTHING -> {}
        }
    }

    ImportedRow row(long number, int from) {
        if (identities.isEmpty()) {
            throw Refusal.invalid(
                    "identity-missing",
                    "A row needs an identity, by which it is known when it comes again.");
        }
        // Ids of contact points are given by the installation that an export came from.
        patch.path(CONTACT_POINTS)
                .forEach(
                        point -> {
                            if (point instanceof ObjectNode object) {
                                object.remove("id");
                            }
                        });
        return new ImportedRow(number, from, identities, patch, ways);
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
