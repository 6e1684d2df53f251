package io.rapport.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rapport.platform.Fingerprint;
import io.rapport.platform.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final String LIST = "interactions?customer=7";

    @Test
    void a_cursor_is_read_back_with_the_same_filters() {
        UUID id = UUID.randomUUID();
        Instant at = Instant.parse("2026-11-21T10:15:30.123456Z");

        Cursor back = Cursor.decode(Cursor.of(at, id, 42L, "ü\"\0").encode(LIST), LIST);

        assertThat(back.instant(0)).isEqualTo(at);
        assertThat(back.uuid(1)).isEqualTo(id);
        assertThat(back.number(2)).isEqualTo(42);
        assertThat(back.text(3)).isEqualTo("ü\"\0");
    }

    @Test
    void a_cursor_of_another_list_or_filter_is_refused() {
        String text = Cursor.of("a").encode(LIST);

        refused(() -> Cursor.decode(text, "interactions?customer=8"));
        refused(() -> Cursor.decode(text, "feedback?customer=7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "null", "AAAA", "{}", "W10", "%00", "Zm9vYmFyZm9vYmFyWyJhIl0"})
    void what_is_no_cursor_is_refused(String text) {
        refused(() -> Cursor.decode(text, LIST));
    }

    @Test
    void a_damaged_cursor_is_refused_whichever_byte_is_hit() {
        byte[] good = Base64.getUrlDecoder().decode(Cursor.of("a", 1).encode(LIST));
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            refused(() -> Cursor.decode(Base64.getUrlEncoder().encodeToString(bad), LIST));
        }
    }

    @Test
    void a_cursor_that_is_too_long_is_refused() {
        refused(() -> Cursor.decode(Cursor.of("x".repeat(2000)).encode(LIST), LIST));
    }

    @Test
    void keys_of_another_kind_are_refused() {
        Cursor cursor = Cursor.of("neither");

        refused(() -> cursor.uuid(0));
        refused(() -> cursor.instant(0));
        refused(() -> cursor.number(0));
        refused(() -> cursor.text(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[null]", "[\"a\", null]"})
    void keys_that_somebody_made_up_are_refused(String keys) {
        byte[] json = keys.getBytes(StandardCharsets.UTF_8);
        byte[] sum = new Fingerprint().add("filters", LIST).addBytes("keys", json).toBytes();
        byte[] forged = Arrays.copyOf(sum, 12 + json.length);
        System.arraycopy(json, 0, forged, 12, json.length);

        refused(() -> Cursor.decode(Base64.getUrlEncoder().encodeToString(forged), LIST));
    }

    @Test
    void a_time_beyond_what_a_database_can_hold_is_refused() {
        for (Instant time :
                List.of(
                        Instant.MIN,
                        Instant.parse("0000-12-31T23:59:59Z"),
                        Instant.parse("+10000-01-01T00:00:00Z"),
                        Instant.MAX)) {
            refused(() -> Cursor.of(time).instant(0));
        }
        for (String time : List.of("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")) {
            assertThat(Cursor.of(time).instant(0)).isEqualTo(time);
        }
    }

    @Test
    void a_page_has_a_next_only_when_a_row_more_was_found() {
        Page<Integer> full = Page.of(List.of(1, 2, 3), 2, LIST, Cursor::of);
        Page<Integer> last = Page.of(List.of(1, 2), 2, LIST, Cursor::of);

        assertThat(full.items()).containsExactly(1, 2);
        assertThat(
                        Optional.ofNullable(full.next())
                                .map(next -> Cursor.decode(next, LIST).number(0)))
                .contains(2L);
        assertThat(last).isEqualTo(new Page<>(List.of(1, 2), null));
        assertThat(Page.of(List.<Integer>of(), 2, LIST, Cursor::of))
                .isEqualTo(new Page<>(List.of(), null));
        assertThat(full.map(Integer::toBinaryString).items()).containsExactly("1", "10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "20", "100", "007"})
    void a_limit_within_bounds_is_taken(String limit) {
        PageRequest request = new PageRequest(limit, null);

        assertThat(request.limit()).isEqualTo(Integer.parseInt(limit));
        assertThat(request.limitPlusOne()).isEqualTo(request.limit() + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101", "10000", "99999999999", "x", "", "1.5", "٣"})
    void a_limit_beyond_bounds_is_refused(String limit) {
        assertThatThrownBy(() -> new PageRequest(limit, null).limit())
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("invalid-limit"));
    }

    @Test
    void a_request_that_says_nothing_begins_at_the_beginning_with_20_rows() {
        assertThat(request(null).limit()).isEqualTo(20);
        assertThat(request(null).after(LIST)).isEmpty();
        assertThat(request(Cursor.of("a").encode(LIST)).after(LIST)).contains(Cursor.of("a"));
    }

    private static PageRequest request(@Nullable String after) {
        return new PageRequest(null, after);
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("invalid-cursor"));
    }
}
