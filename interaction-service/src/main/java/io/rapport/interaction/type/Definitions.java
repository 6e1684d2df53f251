package io.rapport.interaction.type;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Makes, changes and deletes definitions, one caller at a time for each list. What is recorded
 * meanwhile may be checked by the definition as it was, for as long as {@code
 * rapport.vocabulary.refresh}.
 */
@ApplicationScoped
class Definitions {

    /** The definition as it is now, and whether this call made it. */
    record Put<T extends DefinitionTerms>(Definition<T> definition, boolean made) {}

    private final TypeRows types;
    private final WordRows channels;
    private final WordRows touchpoints;
    private final FactKeyRows factKeys;
    private final Clock clock;

    Definitions(Jdbi jdbi, ObjectMapper json, Clock clock) {
        this.types = new TypeRows(jdbi, json);
        this.channels = new WordRows(jdbi, VocabularyList.CHANNELS);
        this.touchpoints = new WordRows(jdbi, VocabularyList.TOUCHPOINTS);
        this.factKeys = new FactKeyRows(jdbi);
        this.clock = clock;
    }

    TypeRows types() {
        return types;
    }

    WordRows channels() {
        return channels;
    }

    WordRows touchpoints() {
        return touchpoints;
    }

    FactKeyRows factKeys() {
        return factKeys;
    }

    /**
     * Makes the definition with {@code If-None-Match: *}, changes it with {@code If-Match}: 428
     * without either, 412 when it is not as they say.
     */
    @Transactional
    <T extends DefinitionTerms> Put<T> put(
            DefinitionRows<T> rows,
            String code,
            T terms,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch) {
        rows.hold();
        Optional<Definition<T>> known = rows.find(code);
        if (known.isPresent()) {
            return new Put<>(change(rows, known.get(), terms, ifMatch, ifNoneMatch), false);
        }
        Preconditions.requireMayMake(ifMatch, ifNoneMatch);
        Definition<T> made = Definition.make(rows.list(), code, terms, now());
        if (rows.count() >= rows.list().most()) {
            throw rows.list().full();
        }
        rows.insert(made);
        return new Put<>(made, true);
    }

    private <T extends DefinitionTerms> Definition<T> change(
            DefinitionRows<T> rows,
            Definition<T> current,
            T terms,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch) {
        if (Preconditions.names(ifNoneMatch, current.version())) {
            throw rows.list().exists();
        }
        Preconditions.requireMatch(ifMatch, current.version());
        Definition<T> changed = current.change(terms, now());
        if (changed.version() != current.version()) {
            rows.update(changed);
        }
        return changed;
    }

    /** Refused when interactions name it; it can be retired then. */
    @Transactional
    <T extends DefinitionTerms> Definition<T> delete(
            DefinitionRows<T> rows, String code, @Nullable String ifMatch) {
        rows.hold();
        Definition<T> current = rows.find(code).orElseThrow(rows.list()::unknown);
        Preconditions.requireMatch(ifMatch, current.version());
        if (current.used()) {
            throw rows.list().inUse();
        }
        rows.delete(code);
        return current;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
