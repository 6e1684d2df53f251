package io.rapport.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** Some custom attributes, as they are defined now. */
public final class KnownAttributes {

    private final Map<String, DefinedAttribute> definitions;

    KnownAttributes(Map<String, DefinedAttribute> definitions) {
        this.definitions = definitions;
    }

    /**
     * What a text is of this attribute. The text itself where it is none of it, or where there is
     * no such attribute: to be refused like any other value.
     */
    public JsonNode typed(String name, String text) {
        DefinedAttribute attribute = definitions.get(name);
        Object value = attribute == null ? text : attribute.type().parsed(text).orElse(text);
        return StoredJson.tree(value);
    }

    /** The key that a value is, if the attribute is unique and the value is one of it. */
    public Optional<AttributeKey> key(String name, JsonNode value) {
        DefinedAttribute attribute = definitions.get(name);
        return attribute == null || !attribute.unique() || value.isNull()
                ? Optional.empty()
                : attribute
                        .kept(PlainJson.inOneForm(StoredJson.read(value, Object.class)))
                        .map(kept -> AttributeValues.texts(kept).getFirst())
                        .map(text -> new AttributeKey(name, text));
    }
}
