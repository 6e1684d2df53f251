package io.rapport.interaction.type;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The vocabulary of this installation, read again when it is older than {@code
 * rapport.vocabulary.refresh}: a new type is known to every replica after that time. Safe for all
 * threads.
 */
@ApplicationScoped
public class Vocabularies {

    private record Reading(Vocabulary vocabulary, Instant at) {}

    private final Jdbi jdbi;
    private final Clock clock;
    private final Duration refresh;
    private final AtomicReference<Reading> latest =
            new AtomicReference<>(
                    new Reading(
                            new Vocabulary(new TreeMap<>(), new TreeMap<>(), new TreeMap<>()),
                            Instant.EPOCH));

    Vocabularies(
            Jdbi jdbi,
            Clock clock,
            @ConfigProperty(name = "rapport.vocabulary.refresh") Duration refresh) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.refresh = refresh;
    }

    public Vocabulary current() {
        Reading known = latest();
        Instant now = clock.instant();
        if (Duration.between(known.at(), now).abs().compareTo(refresh) < 0) {
            return known.vocabulary();
        }
        Reading fresh =
                new Reading(jdbi.withHandle(handle -> read(handle, known.vocabulary())), now);
        // Not where it was forgotten meanwhile: then this may have been read before the change.
        latest.compareAndSet(known, fresh);
        return fresh.vocabulary();
    }

    /** Read it anew the next time: it was changed here. */
    void forget() {
        latest.set(new Reading(latest().vocabulary(), Instant.EPOCH));
    }

    private Reading latest() {
        return Objects.requireNonNull(latest.get());
    }

    /** A schema that is the same as before is not read again. */
    private static Vocabulary read(Handle handle, Vocabulary before) {
        SortedMap<String, InteractionType> types = new TreeMap<>();
        handle.createQuery("SELECT code, amount_sign, schema, active, used FROM interaction_type")
                .map(
                        (row, context) ->
                                new InteractionType(
                                        row.getString("code"),
                                        AmountRule.ofSign(row.getInt("amount_sign")),
                                        schema(
                                                row.getString("schema"),
                                                before.types().get(row.getString("code"))),
                                        row.getBoolean("active"),
                                        row.getBoolean("used")))
                .forEach(type -> types.put(type.code(), type));
        return new Vocabulary(
                Collections.unmodifiableSortedMap(types),
                words(handle, VocabularyList.CHANNELS),
                words(handle, VocabularyList.TOUCHPOINTS));
    }

    private static @Nullable AttributeSchema schema(
            @Nullable String text, @Nullable InteractionType before) {
        if (text == null) {
            return null;
        }
        AttributeSchema known = before == null ? null : before.schema();
        return known != null && known.text().equals(text) ? known : AttributeSchema.of(text);
    }

    private static SortedMap<String, Word> words(Handle handle, VocabularyList list) {
        SortedMap<String, Word> words = new TreeMap<>();
        handle.createQuery("SELECT code, active, used FROM " + list.table())
                .map(
                        (row, context) ->
                                new Word(
                                        list,
                                        row.getString("code"),
                                        row.getBoolean("active"),
                                        row.getBoolean("used")))
                .forEach(word -> words.put(word.code(), word));
        return Collections.unmodifiableSortedMap(words);
    }
}
