package io.rapport.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void what_is_kept_in_databases_is_found_again_by_later_versions() {
        assertThat(new Fingerprint().add("type", "PURCHASE").add("amount", 7).toUuid())
                .isEqualTo(UUID.fromString("fa92395f-614f-98e7-6e26-c7cb78674c19"));
    }

    @Test
    void a_value_does_not_slip_from_one_name_into_the_next() {
        assertThat(new Fingerprint().add("a", "bc").add("d", "e").toBytes())
                .isNotEqualTo(new Fingerprint().add("a", "b").add("cd", "e").toBytes())
                .isNotEqualTo(new Fingerprint().add("abc", "de").toBytes());
    }

    @Test
    void an_absent_value_adds_nothing_and_an_empty_one_something() {
        UUID one = new Fingerprint().add("a", "b").toUuid();

        assertThat(new Fingerprint().add("a", "b").add("later", null).toUuid()).isEqualTo(one);
        assertThat(new Fingerprint().add("a", "b").add("later", "").toUuid()).isNotEqualTo(one);
    }

    @Test
    void text_and_its_bytes_are_the_same() {
        assertThat(new Fingerprint().add("a", "ü").toBytes())
                .isEqualTo(
                        new Fingerprint()
                                .addBytes("a", "ü".getBytes(StandardCharsets.UTF_8))
                                .toBytes());
    }
}
