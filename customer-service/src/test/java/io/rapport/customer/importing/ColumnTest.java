package io.rapport.customer.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.customer.profile.CustomerView;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTest {

    /** An export writes customers as they are answered, and an import takes it as it is. */
    static Stream<String> answered() {
        return Arrays.stream(CustomerView.class.getRecordComponents())
                .map(member -> member.getName())
                .filter(name -> !name.equals("profile"));
    }

    @ParameterizedTest
    @MethodSource("answered")
    void what_an_export_writes_is_known(String name) {
        assertThat(Column.of(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shoe size",
                "identity:",
                "identity:login",
                "attribute:",
                "attribute:a b"
            })
    void what_nobody_knows_is_no_column(String name) {
        assertThat(Column.of(name)).isEmpty();
    }
}
