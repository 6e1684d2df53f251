package io.rapport.interaction.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.platform.http.Problem;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedPlacesTest {

    private final NamedPlaces places = new NamedPlaces(new ObjectMapper());

    @ParameterizedTest
    @CsvSource({
        "/type,                    /type",
        "/wait,                    /wait",
        "/amount/currency,         /amount/currency",
        "/amount/Ada,              /amount",
        "/reference/kind,          /reference/kind",
        "/attributes/Ada,          /attributes",
        "/attributes/Ada/0/Byron,  /attributes",
        "/emotions/ANGER,          /emotions",
        "/Ada,                     ''",
        "/Ada/type,                ''",
        "/0/type,                  ''",
        "'',                       ''",
    })
    void a_place_ends_where_the_sender_has_named_it(String pointer, String told) {
        Problem problem = places.withoutContent(problem(List.of(pointer)));

        assertThat(problem.errors())
                .containsExactly(new Problem.Field(told, null, "is not as it must be"));
    }

    @Test
    void the_same_at_the_same_place_is_told_once_and_no_more_than_twenty_things() {
        assertThat(places.withoutContent(problem(List.of("/a", "/b"))).errors()).hasSize(1);

        List<Problem.Field> many =
                IntStream.range(0, 30)
                        .mapToObj(i -> new Problem.Field("/type", null, "reason " + i))
                        .toList();
        assertThat(places.withoutContent(of(many)).errors()).hasSize(20);
    }

    private static Problem problem(List<String> pointers) {
        return of(
                pointers.stream()
                        .map(pointer -> new Problem.Field(pointer, null, "is not as it must be"))
                        .toList());
    }

    private static Problem of(List<Problem.Field> errors) {
        return new Problem(
                "/problems/invalid",
                "Invalid",
                400,
                "Correct it.",
                null,
                "invalid",
                errors,
                Map.of());
    }
}
