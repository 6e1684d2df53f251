package io.rapport.customer.attribute;

import io.rapport.customer.profile.ETags;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes, changes and deletes definitions. Who changes one holds its row, for which those who give
 * values wait, and who waits for those who are giving some; what depends on whether there are
 * values is decided by the foreign key of the values.
 */
@ApplicationScoped
class AttributeDefinitions {

    /** The definition as it is now, and whether this call made it. */
    record Put(AttributeDefinition definition, boolean made) {}

    private final DefinitionRows rows;
    private final Clock clock;

    AttributeDefinitions(DefinitionRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    AttributeDefinition require(String name) {
        return rows.find(name).orElseThrow(AttributeDefinitions::unknown);
    }

    List<AttributeDefinition> page(String after, int limit) {
        return rows.page(after, limit);
    }

    /**
     * Makes the definition with {@code If-None-Match: *}, changes it with {@code If-Match}: 428
     * without either, 412 when it is not as they say. Refused by the database where customers have
     * values, and the type or the uniqueness is to be another.
     */
    @Transactional
    Put put(
            String name,
            AttributeTerms terms,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch) {
        Optional<AttributeDefinition> known = rows.hold(name);
        if (known.isPresent()) {
            return new Put(change(known.get(), terms, ifMatch, ifNoneMatch), false);
        }
        ETags.requireMayMake(ifMatch, ifNoneMatch);
        AttributeDefinition made = AttributeDefinition.make(name, terms, now());
        if (!rows.insert(made)) {
            throw exists();
        }
        return new Put(made, true);
    }

    private AttributeDefinition change(
            AttributeDefinition current,
            AttributeTerms terms,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch) {
        if (!ETags.noneMatch(ifNoneMatch, current.version())) {
            throw exists();
        }
        ETags.requireMatch(ifMatch, current.version());
        AttributeDefinition changed = current.change(terms, now());
        if (changed.version() != current.version()) {
            requireNobodyHas(current, current.terms().leftOut(terms));
            rows.update(changed);
        }
        return changed;
    }

    private void requireNobodyHas(AttributeDefinition definition, List<String> values) {
        if (rows.isAnyUsed(definition.name(), values)) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "attribute-value-in-use",
                    "A customer has a value that would be allowed no more.",
                    new FieldError("/allowedValues", "leaves out a value that a customer has"));
        }
    }

    /** Refused by the database when a customer has a value; it can be retired then. */
    @Transactional
    AttributeDefinition delete(String name, @Nullable String ifMatch) {
        AttributeDefinition current = rows.hold(name).orElseThrow(AttributeDefinitions::unknown);
        ETags.requireMatch(ifMatch, current.version());
        rows.delete(name);
        return current;
    }

    private static Refusal unknown() {
        return Refusal.notFound("unknown-attribute", "There is no attribute with this name.");
    }

    private static Refusal exists() {
        return Refusal.preconditionFailed(
                "attribute-exists", "There is an attribute with this name already.");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
