package io.rapport.customer.profile;

import io.rapport.platform.Refusal;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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
        DefinedAttribute attribute = attributes.find(List.of(name)).get(name);
        if (attribute == null) {
            throw Refusal.notFound("unknown-attribute", "There is no attribute with this name.");
        }
        String text = attribute.sought(PlainJson.inOneForm(value));
        String filters = "customers having " + name + "=" + text;
        UUID after = page.after(filters).map(cursor -> cursor.uuid(0)).orElse(null);
        List<Customer> found = customers.having(name, text, after, page.limitPlusOne());
        return Page.of(found, page.limit(), filters, last -> Cursor.of(last.id()))
                .map(CustomerView::of);
    }
}
