package io.rapport.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.platform.Refusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void members_of_a_refusal_stand_beside_those_that_every_problem_has() throws Exception {
        Refusal refusal =
                Refusal.conflict("taken", "It is taken.")
                        .with("candidates", List.of(7))
                        .retryAfter(Duration.ofSeconds(1))
                        .with("more", 2);

        assertThat(new ObjectMapper().valueToTree(Problem.of(refusal)).toString())
                .isEqualTo(
                        """
                        {"type":"/problems/taken","title":"Taken","status":409,"detail":"It is taken.",\
                        "code":"taken","candidates":[7],"more":2}""");
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
    }
}
