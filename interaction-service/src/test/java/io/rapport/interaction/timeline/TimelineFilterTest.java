package io.rapport.interaction.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rapport.interaction.type.AmountRule;
import io.rapport.interaction.type.InteractionType;
import io.rapport.interaction.type.Vocabulary;
import io.rapport.interaction.type.VocabularyList;
import io.rapport.interaction.type.Word;
import io.rapport.platform.Refusal;
import io.rapport.platform.http.Cursor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineFilterTest {

    private static final Vocabulary VOCABULARY =
            new Vocabulary(
                    new TreeMap<>(
                            Map.of(
                                    "CALL",
                                    new InteractionType(
                                            "CALL", AmountRule.NONE, null, true, true))),
                    new TreeMap<>(
                            Map.of(
                                    "PHONE",
                                    new Word(VocabularyList.CHANNELS, "PHONE", false, true))),
                    new TreeMap<>());

    @Test
    void nothing_asked_for_is_nothing_filtered() {
        TimelineFilter all = TimelineFilter.parse(new TimelineQuery(), VOCABULARY);

        assertThat(all).isEqualTo(TimelineFilter.NONE);
        assertThat(all.conditions()).isEmpty();
    }

    @Test
    void times_of_any_offset_are_understood() {
        TimelineFilter filter =
                TimelineFilter.parse(
                        asked(
                                "CALL",
                                "PHONE",
                                "2026-11-20T10:00:00+01:00",
                                "2026-11-21T00:00:00Z",
                                null),
                        VOCABULARY);

        assertThat(filter.from()).isEqualTo(Instant.parse("2026-11-20T09:00:00Z"));
        assertThat(filter.to()).isEqualTo(Instant.parse("2026-11-21T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GIFT, -,      -,                           -,                           -,    type",
                "'',   -,      -,                           -,                           -,    type",
                "-,    PIGEON, -,                           -,                           -,    channel",
                "-,    -,      yesterday,                   -,                           -,    from",
                "-,    -,      2026-11-20,                  -,                           -,    from",
                "-,    -,      +10000-01-01T00:00:00Z,      -,                           -,    from",
                "-,    -,      0000-12-31T00:00:00Z,        -,                           -,    from",
                "-,    -,      9999-12-31T23:59:59-01:00,   -,                           -,    from",
                "-,    -,      -,                           1763719200,                  -,    to",
                "-,    -,      -,                           -,                           a1b2, thread",
            })
    void what_cannot_be_understood_is_refused_by_its_name(
            String type, String channel, String from, String to, String thread, String parameter) {
        Refusal refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () ->
                                TimelineFilter.parse(
                                        asked(type, channel, from, to, thread), VOCABULARY));

        assertThat(refusal.code()).isEqualTo("invalid-filter");
        assertThat(refusal.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.pointer()).isEqualTo(parameter));
    }

    @Test
    void a_cursor_that_somebody_made_up_names_no_time_that_the_database_cannot_hold() {
        UUID id = new UUID(0, 1);

        for (Instant time : List.of(Instant.MAX, Instant.MIN)) {
            Refusal refusal =
                    catchThrowableOfType(Refusal.class, () -> Place.of(Cursor.of(time, id)));
            assertThat(refusal.code()).isEqualTo("invalid-cursor");
        }
    }

    private static TimelineQuery asked(
            @Nullable String type,
            @Nullable String channel,
            @Nullable String from,
            @Nullable String to,
            @Nullable String thread) {
        TimelineQuery query = new TimelineQuery();
        query.type = type;
        query.channel = channel;
        query.from = from;
        query.to = to;
        query.thread = thread;
        return query;
    }
}
