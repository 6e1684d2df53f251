package io.rapport.customer.profile;

import io.rapport.platform.Refusal;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Finds customers by the value of an attribute. */
@ApplicationScoped
public class AttributeReading {

    private final AttributeRows attributes;
    private final CustomerRows customers;

    AttributeReading(AttributeRows attributes, CustomerRows customers) {
        this.attributes = attributes;
        this.customers = customers;
    }

    /** Those of these attributes that there are. */
    public KnownAttributes known(Collection<String> names) {
        return new KnownAttributes(names.isEmpty() ? Map.of() : attributes.find(names));
    }

    /** The types of those of these attributes that there are, by name. */
    public Map<String, AttributeType> types(Collection<String> names) {
        return names.isEmpty()
                ? Map.of()
                : attributes.find(names).values().stream()
                        .collect(Collectors.toMap(DefinedAttribute::name, DefinedAttribute::type));
    }

    /**
     * The key that a value is: 404 when there is no such attribute, 409 when it is not unique, 400
     * when the value is not of its type.
     */
    public AttributeKey key(String name, Object value, String pointer) {
        DefinedAttribute attribute = require(name);
        if (!attribute.unique()) {
            throw Refusal.conflict(
                    "attribute-not-unique",
                    "A value of this attribute names nobody: its definition says so.");
        }
        return attribute
                .kept(PlainJson.inOneForm(value))
                .map(kept -> new AttributeKey(name, AttributeValues.texts(kept).getFirst()))
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "invalid-fields",
                                        "Some fields are not as they must be.",
                                        attribute.fault(pointer)));
    }

    private DefinedAttribute require(String name) {
        DefinedAttribute attribute = attributes.find(List.of(name)).get(name);
        if (attribute == null) {
            throw Refusal.notFound("unknown-attribute", "There is no attribute with this name.");
        }
        return attribute;
    }

    /** Who answers for these keys, or its survivor; those that nobody has are not in it. */
    public Map<AttributeKey, UUID> owners(Collection<AttributeKey> keys) {
        return attributes.owners(keys);
    }

    /**
     * Customers with exactly this value, or with a list that has it, in the order of their ids: 404
     * when there is no such attribute, 409 when it is not searchable, 400 when the value is not of
     * its type.
     */
    public Page<CustomerView> having(String name, Object value, PageRequest page) {
        DefinedAttribute attribute = require(name);
        String text = attribute.sought(PlainJson.inOneForm(value), "/value");
        String filters = "customers having " + name + "=" + text;
        UUID after = page.after(filters).map(cursor -> cursor.uuid(0)).orElse(null);
        List<Customer> found = customers.having(name, text, after, page.limitPlusOne());
        return Page.of(found, page.limit(), filters, last -> Cursor.of(last.id()))
                .map(CustomerView::of);
    }

    /**
     * By the name of each attribute the text as which customers are found by this value, or by a
     * list that has it: 400 when there is no such attribute or the value is not of its type, 409
     * when it is not searchable.
     */
    public SortedMap<String, String> sought(Map<String, Object> values) {
        SortedMap<String, String> texts = new TreeMap<>();
        if (!values.isEmpty()) {
            Map<String, DefinedAttribute> defined = attributes.find(values.keySet());
            CustomerAttributes.requireNames(values.keySet(), defined.keySet());
            defined.forEach(
                    (name, attribute) ->
                            texts.put(
                                    name,
                                    attribute.sought(
                                            PlainJson.inOneForm(
                                                    Objects.requireNonNull(values.get(name))),
                                            CustomerAttributes.pointer(name))));
        }
        return texts;
    }
}
