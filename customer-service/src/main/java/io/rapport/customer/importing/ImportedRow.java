package io.rapport.customer.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rapport.customer.Identity;
import io.rapport.customer.profile.AttributeKey;
import io.rapport.customer.profile.ContactPoint;
import io.rapport.customer.profile.KnownAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a row tells of one customer: by which identities, and values of unique attributes, it is
 * known, which fields of the profile it changes as a merge patch, and by which ways it is reached,
 * too. {@code from}: where it begins. {@code cells}: values of custom attributes as text, whose
 * types are not looked at yet; until then there are no {@code keys}. {@code drafted}: the customer
 * that it makes where nobody is there, if that was looked at already.
 */
record ImportedRow(
        long number,
        int from,
        SortedSet<Identity> identities,
        Set<AttributeKey> keys,
        ObjectNode patch,
        Map<String, String> cells,
        List<ContactPoint> ways,
        @Nullable NewCustomer drafted) {

    private static final String ATTRIBUTES = "attributes";

    /** The custom attributes that the row tells of. */
    Stream<String> attributes() {
        return Stream.concat(
                patch.path(ATTRIBUTES).propertyStream().map(Map.Entry::getKey),
                cells.keySet().stream());
    }

    /** The same with values of custom attributes by their types. */
    ImportedRow typed(KnownAttributes known) {
        JsonNode told = patch.path(ATTRIBUTES);
        if (!told.isObject() && (!told.isMissingNode() || cells.isEmpty())) {
            return this;
        }
        ObjectNode typed = patch.deepCopy();
        ObjectNode attributes = typed.withObjectProperty(ATTRIBUTES);
        cells.forEach((name, cell) -> attributes.set(name, known.typed(name, cell)));
        Set<AttributeKey> found =
                attributes
                        .propertyStream()
                        .flatMap(one -> known.key(one.getKey(), one.getValue()).stream())
                        .collect(Collectors.toSet());
        return new ImportedRow(number, from, identities, found, typed, Map.of(), ways, null);
    }

    /** The same with the customer that it makes where nobody is there. */
    ImportedRow with(NewCustomer drafted) {
        return new ImportedRow(number, from, identities, keys, patch, cells, ways, drafted);
    }
}
