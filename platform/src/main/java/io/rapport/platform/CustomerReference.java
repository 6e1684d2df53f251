package io.rapport.platform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an API names a customer: by our id, or by an identity {@code source:externalId}. A source has
 * up to 64 lower-case letters, digits, dots, underscores and hyphens; an external id up to 128
 * characters without blanks or control characters. An external id that is an e-mail address or a
 * phone number is refused, because paths are logged. So is the source {@link #LOGIN}: what a caller
 * says proves no login.
 */
public final class CustomerReference {

    /** The form of a source's name, wherever one is given: of customers and of facts. */
    public static final String SOURCE_FORM = "^[a-z0-9][a-z0-9._-]{0,63}$";

    /** Identities of this source are logins: proven by their holder or added by an admin. */
    public static final String LOGIN = "login";

    public static final String SOURCE_RULE =
            "must have 1 to 64 characters of a-z, 0-9, dot, underscore and hyphen, and begin with a letter or digit";

    private static final Pattern SOURCE = Pattern.compile(SOURCE_FORM);
    private static final Pattern EXTERNAL_ID = Pattern.compile("[^\\s\\p{Cntrl}]{1,128}");
    private static final Pattern EMAIL = Pattern.compile("[^@]+@[^@]+\\.[^@]+");
    private static final Pattern PHONE = Pattern.compile("(\\+|00)[0-9][0-9()./-]{6,}");

    private final @Nullable UUID id;
    private final String source;
    private final String externalId;

    private CustomerReference(@Nullable UUID id, String source, String externalId) {
        this.id = id;
        this.source = source;
        this.externalId = externalId;
    }

    /** Reads {@code <uuid>} or {@code source:externalId}. */
    @JsonCreator
    public static CustomerReference parse(String text) {
        int colon = text.indexOf(':');
        if (colon > 0) {
            return identity(text.substring(0, colon), text.substring(colon + 1));
        }
        return uuid(text)
                .map(id -> new CustomerReference(id, "", ""))
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "invalid-customer-reference",
                                        "A customer is named by its id (a UUID) or by source:externalId."));
    }

    /** The customer that {@code source} knows as {@code externalId}. */
    public static CustomerReference identity(String source, String externalId) {
        if (!isSource(source)) {
            throw Refusal.invalid("invalid-source", "A source " + SOURCE_RULE + ".");
        }
        if (source.equals(LOGIN)) {
            throw Refusal.invalid(
                    "source-is-reserved", "The source login is reserved for proven logins.");
        }
        if (!EXTERNAL_ID.matcher(externalId).matches()) {
            throw Refusal.invalid(
                    "invalid-external-id",
                    "An external id has 1 to 128 characters and no blanks or control characters.");
        }
        if (EMAIL.matcher(externalId).matches() || PHONE.matcher(externalId).matches()) {
            throw Refusal.invalid(
                    "external-id-is-contact-data",
                    "E-mail addresses and phone numbers are contact points, not external ids: paths are logged.");
        }
        return new CustomerReference(null, source, externalId);
    }

    /**
     * The customer who logs in as {@code subject} at {@code issuer}. The external id is a hash, so
     * that none of the two leaves the service.
     */
    public static CustomerReference login(String issuer, String subject) {
        byte[] hash = new Fingerprint().add("issuer", issuer).add("subject", subject).toBytes();
        return new CustomerReference(null, LOGIN, HexFormat.of().formatHex(hash));
    }

    public static boolean isSource(String text) {
        return SOURCE.matcher(text).matches();
    }

    /**
     * A strict UUID in its usual form of 36 characters, which {@link UUID#fromString} alone does
     * not ask for.
     */
    private static Optional<UUID> uuid(String text) {
        try {
            UUID id = UUID.fromString(text);
            return text.length() == 36 ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public Optional<UUID> id() {
        return Optional.ofNullable(id);
    }

    /** The source of an identity; empty for a reference by id. */
    public String source() {
        return source;
    }

    /** The external id of an identity; empty for a reference by id. */
    public String externalId() {
        return externalId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomerReference that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @JsonValue
    @Override
    public String toString() {
        return id == null ? source + ":" + externalId : id.toString();
    }
}
