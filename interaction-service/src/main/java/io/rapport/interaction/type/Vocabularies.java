package io.rapport.interaction.type;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

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
    private volatile Reading latest =
            new Reading(
                    new Vocabulary(new TreeMap<>(), new TreeMap<>(), new TreeMap<>()),
                    Instant.EPOCH);

    Vocabularies(
            Jdbi jdbi,
            Clock clock,
            @ConfigProperty(name = "rapport.vocabulary.refresh") Duration refresh) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.refresh = refresh;
    }

    public Vocabulary current() {
        Reading known = latest;
        Instant now = clock.instant();
        if (Duration.between(known.at(), now).abs().compareTo(refresh) < 0) {
            return known.vocabulary();
        }
        Reading fresh = new Reading(jdbi.withHandle(Vocabularies::read), now);
        latest = fresh;
        return fresh.vocabulary();
    }

    /** Read it anew the next time: it was changed here. */
    void forget() {
        latest = new Reading(latest.vocabulary(), Instant.EPOCH);
    }

    private static Vocabulary read(Handle handle) {
        SortedMap<String, InteractionType> types = new TreeMap<>();
        handle.createQuery("SELECT code, amount_sign, active, used FROM interaction_type")
                .map(
                        (row, context) ->
                                new InteractionType(
                                        row.getString("code"),
                                        AmountRule.ofSign(row.getInt("amount_sign")),
                                        row.getBoolean("active"),
                                        row.getBoolean("used")))
                .forEach(type -> types.put(type.code(), type));
        return new Vocabulary(
                Collections.unmodifiableSortedMap(types),
                words(handle, VocabularyList.CHANNELS),
                words(handle, VocabularyList.TOUCHPOINTS));
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
