package io.rapport.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MergePatchTest {

    record Address(@Nullable String city, @Nullable @Size(max = 5) String code) {}

    record Person(
            @NotNull String name,
            @Nullable String nick,
            @Nullable @Valid Address address,
            @Nullable List<String> tags,
            @Nullable Map<String, String> labels) {}

    private static final Person ANN =
            new Person(
                    "Ann",
                    "A",
                    new Address("Ulm", "1"),
                    List.of("x", "y"),
                    Map.of("k", "v", "l", "w"));

    @Inject ObjectMapper json;
    @Inject MergePatch mergePatch;

    @Test
    void what_is_named_changes_and_the_rest_stays() throws Exception {
        Person patched = apply("{\"nick\": \"B\", \"address\": {\"city\": \"Bonn\"}}");

        assertThat(patched)
                .isEqualTo(
                        new Person("Ann", "B", new Address("Bonn", "1"), ANN.tags(), ANN.labels()));
    }

    @Test
    void null_takes_away() throws Exception {
        Person patched =
                apply("{\"nick\": null, \"address\": {\"code\": null}, \"labels\": {\"k\": null}}");

        assertThat(patched)
                .isEqualTo(
                        new Person(
                                "Ann",
                                null,
                                new Address("Ulm", null),
                                ANN.tags(),
                                Map.of("l", "w")));
        assertThat(apply("{\"address\": null}").address()).isNull();
    }

    @Test
    void arrays_are_replaced_whole() throws Exception {
        assertThat(apply("{\"tags\": [\"z\"]}").tags()).containsExactly("z");
    }

    @Test
    void an_empty_patch_changes_nothing() throws Exception {
        assertThat(apply("{}")).isEqualTo(ANN);
    }

    @Test
    void an_object_is_made_where_there_was_none() throws Exception {
        Person bob = new Person("Bob", null, null, null, null);

        Person patched =
                mergePatch.apply(
                        bob, json.readTree("{\"address\": {\"city\": \"Ulm\"}}"), Person.class);

        assertThat(patched.address()).isEqualTo(new Address("Ulm", null));
    }

    @Test
    void unknown_members_are_refused_with_their_pointer() {
        assertThat(pointer("{\"nope\": 1}")).isEqualTo("/nope");
        assertThat(pointer("{\"nope\": null}")).isEqualTo("/nope");
        assertThat(pointer("{\"address\": {\"street\": null}}")).isEqualTo("/address/street");
    }

    @Test
    void a_value_of_another_type_is_refused_with_its_pointer() {
        assertThat(pointer("{\"nick\": 7}")).isEqualTo("/nick");
        assertThat(pointer("{\"address\": \"Ulm\"}")).isEqualTo("/address");
    }

    @Test
    void the_outcome_is_validated_as_a_whole() {
        assertThat(catchThrowable(() -> apply("{\"name\": null}")))
                .isInstanceOf(ConstraintViolationException.class);
        assertThat(catchThrowable(() -> apply("{\"address\": {\"code\": \"123456\"}}")))
                .isInstanceOf(ConstraintViolationException.class);
    }

    @Test
    void only_an_object_is_a_patch() {
        for (String patch : List.of("[]", "\"a\"", "7", "null")) {
            assertThat(catchThrowableOfType(Refusal.class, () -> apply(patch)).code())
                    .isEqualTo("invalid-patch");
        }
    }

    private Person apply(String patch) throws Exception {
        return mergePatch.apply(ANN, json.readTree(patch), Person.class);
    }

    private String pointer(String patch) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> apply(patch));
        return refusal.errors().stream().map(FieldError::pointer).findFirst().orElse("none");
    }
}
