package io.rapport.customer.importing;

import io.rapport.customer.profile.AttributeKey;
import io.rapport.customer.profile.Profile;
import io.rapport.platform.CustomerReference;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a column of a file tells of a customer. {@code name}: the field of the profile, the source
 * of the identity, the attribute, or the kind of contact point.
 */
record Column(Kind kind, String name) {

    /** How the value is given. */
    enum Kind {
        /** An external id. */
        IDENTITY,
        /** All identities, as JSON. */
        IDENTITIES,
        /** The value of a custom attribute. */
        ATTRIBUTE,
        /** One more e-mail address or phone. */
        CONTACT_POINT,
        /** A text. */
        TEXT,
        /** Texts; joined by semicolons in a cell. */
        TEXTS,
        /** Anything else, as JSON. */
        JSON,
        /** What an export tells and an import does not read. */
        NOTHING;

        /** Whether a row tells it at most once. */
        boolean isOne() {
            return this == ATTRIBUTE || this == TEXT || this == TEXTS || this == JSON;
        }
    }

    static final String RULE =
            "must be identity:<source>, attribute:<name>, identities, email, phone, or a field of a profile";

    private static final String IDENTITY = "identity:";
    private static final String ATTRIBUTE = "attribute:";
    private static final Map<String, Column> NAMED =
            Map.of(
                    "identities", new Column(Kind.IDENTITIES, "identities"),
                    "email", new Column(Kind.CONTACT_POINT, "EMAIL"),
                    "phone", new Column(Kind.CONTACT_POINT, "PHONE"));
    private static final Set<String> OF_EXPORTS =
            Set.of(
                    "id",
                    "status",
                    "survivor",
                    "members",
                    "relations",
                    "preferences",
                    "createdAt",
                    "updatedAt");
    private static final Map<String, Column> FIELDS =
            Arrays.stream(Profile.class.getRecordComponents())
                    .map(Column::ofField)
                    .collect(Collectors.toMap(Column::name, Function.identity()));

    /** What a name stands for; empty when it is none. */
    static Optional<Column> of(String name) {
        if (name.startsWith(IDENTITY)) {
            String source = name.substring(IDENTITY.length());
            boolean usable =
                    CustomerReference.isSource(source) && !source.equals(CustomerReference.LOGIN);
            return usable ? Optional.of(new Column(Kind.IDENTITY, source)) : Optional.empty();
        }
        if (name.startsWith(ATTRIBUTE)) {
            String attribute = name.substring(ATTRIBUTE.length());
            return AttributeKey.isName(attribute)
                    ? Optional.of(new Column(Kind.ATTRIBUTE, attribute))
                    : Optional.empty();
        }
        if (OF_EXPORTS.contains(name)) {
            return Optional.of(new Column(Kind.NOTHING, name));
        }
        return Optional.ofNullable(NAMED.getOrDefault(name, FIELDS.get(name)));
    }

    private static Column ofField(RecordComponent field) {
        boolean many =
                Collection.class.isAssignableFrom(field.getType())
                        || Map.class.isAssignableFrom(field.getType());
        boolean texts =
                field.getGenericType() instanceof ParameterizedType type
                        && type.getActualTypeArguments().length == 1
                        && type.getActualTypeArguments()[0] == String.class;
        return new Column(many ? texts ? Kind.TEXTS : Kind.JSON : Kind.TEXT, field.getName());
    }
}
