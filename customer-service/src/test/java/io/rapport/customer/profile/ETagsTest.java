package io.rapport.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ETagsTest {

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", "*", "\"6\", \"7\"", " \"7\" ", "\"a,b\",\"7\""})
    void a_change_of_the_current_version_may_go_on(String ifMatch) {
        assertThatCode(() -> ETags.requireMatch(ifMatch, 7)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"6\"", "7", "W/\"7\"", "\"77\"", "\"\"", "'7'", "\"7", "a\"b"})
    void a_change_of_another_version_is_refused(String ifMatch) {
        assertThat(refusal(ifMatch)).isEqualTo(Kind.PRECONDITION_FAILED);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void a_change_of_no_version_is_refused(String ifMatch) {
        assertThat(refusal(ifMatch)).isEqualTo(Kind.PRECONDITION_REQUIRED);
    }

    @Test
    void a_read_of_a_known_version_needs_no_answer() {
        assertThat(ETags.noneMatch("\"7\"", 7)).isFalse();
        assertThat(ETags.noneMatch("W/\"7\"", 7)).isFalse();
        assertThat(ETags.noneMatch("*", 7)).isFalse();
        assertThat(ETags.noneMatch("\"6\"", 7)).isTrue();
        assertThat(ETags.noneMatch(null, 7)).isTrue();
    }

    @Test
    void what_is_written_matches() {
        assertThat(ETags.noneMatch(ETags.of(Long.MAX_VALUE), Long.MAX_VALUE)).isFalse();
    }

    private static Kind refusal(String ifMatch) {
        return catchThrowableOfType(Refusal.class, () -> ETags.requireMatch(ifMatch, 7)).kind();
    }
}
