package io.rapport.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StartCheckTest {

    @Test
    void a_local_key_is_for_one_machine_and_for_tests() {
        assertThat(StartCheck.complaint(true, false, List.of("local"))).isEmpty();
        assertThat(StartCheck.complaint(true, false, List.of("test"))).isEmpty();
        assertThat(StartCheck.complaint(true, false, List.of("dev"))).isEmpty();
    }

    @Test
    void a_local_key_in_production_is_refused_with_a_line_that_says_what_to_do() {
        assertThat(StartCheck.complaint(true, false, List.of("prod")))
                .hasValueSatisfying(
                        line ->
                                assertThat(line)
                                        .contains(
                                                "local, test and dev",
                                                "prod",
                                                "quarkus.oidc.auth-server-url"));
        assertThat(StartCheck.complaint(true, true, List.of("prod", "eu"))).isPresent();
        assertThat(StartCheck.complaint(true, false, List.of())).isPresent();
    }

    @Test
    void without_anything_to_check_tokens_by_nothing_starts() {
        assertThat(StartCheck.complaint(false, false, List.of("prod"))).isPresent();
        assertThat(StartCheck.complaint(false, true, List.of("prod"))).isEmpty();
    }
}
