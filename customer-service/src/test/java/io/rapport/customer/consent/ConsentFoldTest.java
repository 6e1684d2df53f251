package io.rapport.customer.consent;

import static io.rapport.customer.consent.ConsentRecord.Kind.CONFIRMED;
import static io.rapport.customer.consent.ConsentRecord.Kind.GIVEN;
import static io.rapport.customer.consent.ConsentRecord.Kind.WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.customer.Channel;
import io.rapport.customer.consent.ConsentRecord.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Histories are written as words. {@code S} and {@code M} are two customers; {@code G} is given,
 * {@code D} given with double opt-in, {@code C} confirms that customer's last giving, {@code W}
 * withdrawn. Then the time at which it occurred, after {@code @} when it was recorded if that was
 * later, and after {@code -} when it ends: {@code SG3@7-20}.
 */
class ConsentFoldTest {

    private static final UUID S = new UUID(1, 1);
    private static final UUID M = new UUID(2, 2);

    @ParameterizedTest
    @CsvSource({
        "'',                 50, NONE",
        "SG1,                50, GIVEN",
        "SG1,                 0, NONE",
        "SG1 SW2,            50, WITHDRAWN",
        "SW1,                50, WITHDRAWN",
        "SG1 SW2 SG3,        50, GIVEN",
        "SW1 SG2,            50, GIVEN",
        "SG2 SW2,            50, WITHDRAWN",
        "SW2 SG2,            50, WITHDRAWN",
        "SG1 SG2 SW1@3,      50, GIVEN",
        "SW5 SG2@7,          50, WITHDRAWN",
        "SG5 SW2@7,          50, GIVEN",
    })
    void the_latest_word_decides_and_of_the_same_time_the_withdrawal(
            String history, long at, ConsentState state) {
        assertThat(of(history, at).state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "SG1-10,             9, GIVEN",
        "SG1-10,            10, EXPIRED",
        "SG1-10 SG5-20,     15, GIVEN",
        "SG1-20 SG5-10,     15, EXPIRED",
        "SG1 SG5-10,        15, EXPIRED",
        "SG1-10 SW5,        15, WITHDRAWN",
        "SG1-10 SG12,       11, EXPIRED",
        "SG1-10 SG12,       12, GIVEN",
    })
    void the_latest_giving_says_when_it_ends(String history, long at, ConsentState state) {
        assertThat(of(history, at).state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "SD1,               50, PENDING,   waits",
        "SD1 SC3,            2, PENDING,   waits",
        "SD1 SC3,            3, GIVEN,     -",
        "SD1 SW2,           50, WITHDRAWN, -",
        "SD1 SW2 SC3,       50, WITHDRAWN, -",
        "SD1 SC2@6 SW4,      5, WITHDRAWN, -",
        "SD1 SC2@6 SW4,     50, WITHDRAWN, -",
        "SG1 SD5,           50, GIVEN,     waits",
        "SW1 SD5,           50, WITHDRAWN, waits",
        "SW1 SD5 SC6,       50, GIVEN,     -",
        "SG1-10 SD5,        50, EXPIRED,   waits",
        "SD1 SG5,           50, GIVEN,     -",
        "SD1-10 SC2,        10, EXPIRED,   -",
    })
    void a_double_opt_in_counts_and_takes_away_only_once_it_is_confirmed(
            String history, long at, ConsentState state, String pending) {
        ConsentDecision decision = of(history, at);

        assertThat(decision.state()).isEqualTo(state);
        assertThat(decision.pending() != null).isEqualTo(pending.equals("waits"));
    }

    @ParameterizedTest
    @CsvSource({
        "SG1 SW2@10,         9, GIVEN",
        "SG1 SW2@10,        10, WITHDRAWN",
        "SW5 SG6@10,         9, WITHDRAWN",
        "SW5 SG6@10,        10, GIVEN",
        "SG1@4-20,           3, NONE",
    })
    void a_time_is_answered_by_what_was_recorded_by_then(
            String history, long at, ConsentState state) {
        assertThat(of(history, at).state()).isEqualTo(state);
    }

    /** Merged from 10 on. */
    @ParameterizedTest
    @CsvSource({
        "SG1,                50, GIVEN",
        "MG1,                50, GIVEN",
        "SG1 MW2,            50, WITHDRAWN",
        "SG2 MW1,            50, WITHDRAWN",
        "MG2 SW1,            50, WITHDRAWN",
        "SG1 MG2,            50, GIVEN",
        "SG1-20 MG2-30,      19, GIVEN",
        "SG1-20 MG2-30,      25, EXPIRED",
        "SG1-9 MG2,          50, EXPIRED",
        "SG1 MD2,            50, GIVEN",
        "SG1 MW2 MD3,        50, WITHDRAWN",
        "SD1,                50, PENDING",
        "SG1 MW2 SG11,       50, GIVEN",
        "SG1 MW2 MG11,       50, GIVEN",
        "SG1 MW2 SG9@11,     50, GIVEN",
        "SG1 MG2 MW11,       50, WITHDRAWN",
        "SG1 MG2 SW11 MG12,  50, GIVEN",
        "SD1 MD1 SC11,       50, GIVEN",
    })
    void of_merged_customers_the_most_restrictive_decides_until_they_say_something_together(
            String history, long at, ConsentState state) {
        Membership merged = (one, other, when) -> !when.isBefore(time(10));

        assertThat(ConsentFold.decide(Set.of(S, M), records(history), merged, time(at)).state())
                .isEqualTo(state);
    }

    /** Merged from 10 to 20, and asked of each at 50. */
    @ParameterizedTest
    @CsvSource({
        "SG1,                GIVEN,     NONE",
        "SG1 MW2,            GIVEN,     WITHDRAWN",
        "SG1 MG2 SW11,       WITHDRAWN, WITHDRAWN",
        "SG1 MG2 MW11,       WITHDRAWN, WITHDRAWN",
        "SG1 MG2 MW21,       GIVEN,     WITHDRAWN",
        "SG1 MG2 SW9@11,     WITHDRAWN, WITHDRAWN",
        "SG11,               GIVEN,     NONE",
        "MW1 SG11,           GIVEN,     WITHDRAWN",
        "SG1 SW11 SG12,      GIVEN,     WITHDRAWN",
        "SG1 SW11 MG21,      WITHDRAWN, GIVEN",
        "MD1 MC11,           NONE,      GIVEN",
    })
    void after_an_unmerge_each_stands_as_before_but_for_what_was_withdrawn_together(
            String history, ConsentState ofS, ConsentState ofM) {
        Membership once = (one, other, when) -> !when.isBefore(time(10)) && when.isBefore(time(20));
        List<ConsentRecord> records = records(history);

        assertThat(ConsentFold.decide(Set.of(S), records, once, time(50)).state()).isEqualTo(ofS);
        assertThat(ConsentFold.decide(Set.of(M), records, once, time(50)).state()).isEqualTo(ofM);
    }

    @Test
    void of_several_members_the_consent_that_ends_first_is_told() {
        Membership merged = (one, other, when) -> !when.isBefore(time(10));
        List<ConsentRecord> records = records("SG1-40 MG2-30");

        ConsentDecision decision = ConsentFold.decide(Set.of(S, M), records, merged, time(15));

        assertThat(decision.validUntil()).isEqualTo(time(30));
        assertThat(decision.record()).isEqualTo(records.get(1));
    }

    @Test
    void names_the_record_that_decides_and_its_confirmation() {
        List<ConsentRecord> records = records("SG1 SD2 SC3");

        ConsentDecision decision = ConsentFold.decide(S, records, time(9));

        assertThat(decision.record()).isEqualTo(records.get(1));
        assertThat(decision.confirmation()).isEqualTo(records.get(2));
        assertThat(decision.isDecidedBy(records.get(1))).isTrue();
        assertThat(decision.isDecidedBy(records.get(2))).isTrue();
        assertThat(decision.isDecidedBy(records.get(0))).isFalse();
    }

    @Test
    void a_giving_that_waits_decides_nothing() {
        List<ConsentRecord> records = records("SD1");

        ConsentDecision decision = ConsentFold.decide(S, records, time(9));

        assertThat(decision.record()).isEqualTo(records.getFirst());
        assertThat(decision.isDecidedBy(records.getFirst())).isFalse();
        assertThat(decision.isPermission()).isFalse();
    }

    @Test
    void the_order_in_which_records_are_read_does_not_matter() {
        List<ConsentRecord> records = records("SG1 MW2 SD3 SC4 MG11 SG12-20 SW13 MD14 MC15@30");
        Membership merged = (one, other, when) -> !when.isBefore(time(10));
        Random random = new Random(7);
        for (long at = 0; at < 40; at++) {
            ConsentDecision decision = ConsentFold.decide(Set.of(S, M), records, merged, time(at));
            List<ConsentRecord> shuffled = new ArrayList<>(records);
            Collections.shuffle(shuffled, random);
            assertThat(ConsentFold.decide(Set.of(S, M), shuffled, merged, time(at)))
                    .isEqualTo(decision);
        }
    }

    private static ConsentDecision of(String history, long at) {
        return ConsentFold.decide(S, records(history), time(at));
    }

    private static List<ConsentRecord> records(String history) {
        List<ConsentRecord> records = new ArrayList<>();
        Stream<String> words = Arrays.stream(history.split(" ")).filter(word -> !word.isEmpty());
        words.forEach(word -> records.add(record(word, records)));
        return records;
    }

    private static ConsentRecord record(String word, List<ConsentRecord> before) {
        UUID customer = word.charAt(0) == 'S' ? S : M;
        char what = word.charAt(1);
        Kind kind = what == 'W' ? WITHDRAWN : what == 'C' ? CONFIRMED : GIVEN;
        String[] times = word.substring(2).split("[@-]", -1);
        long occurred = Long.parseLong(times[0]);
        long recorded = word.contains("@") ? Long.parseLong(times[1]) : occurred;
        @Nullable Instant end =
                word.contains("-") && !times[times.length - 1].isEmpty()
                        ? time(Long.parseLong(times[times.length - 1]))
                        : null;
        return new ConsentRecord(
                customer,
                new UUID(3, before.size()),
                "news",
                Channel.EMAIL,
                kind,
                time(occurred),
                time(recorded),
                end,
                what == 'D',
                kind == CONFIRMED ? lastGiving(customer, before) : null,
                "shop",
                "v1");
    }

    private static UUID lastGiving(UUID customer, List<ConsentRecord> before) {
        return before.reversed().stream()
                .filter(record -> record.is(GIVEN) && record.customer().equals(customer))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Instant time(long day) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(day * 86_400);
    }
}
