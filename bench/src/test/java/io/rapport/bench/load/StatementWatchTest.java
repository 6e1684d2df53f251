package io.rapport.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementWatchTest {
    @Test
    void names_of_parameters_and_line_ends_make_no_difference() {
        assertThat(
                        StatementWatch.shows(
                                "SELECT a\n  FROM t WHERE b = $1 AND c = $12\n",
                                "SELECT a FROM t WHERE b = ? AND c = ?"))
                .isTrue();
    }

    @Test
    void another_column_does() {
        assertThat(StatementWatch.shows("SELECT a, b FROM t", "SELECT a FROM t")).isFalse();
    }

    @Test
    void of_a_long_statement_the_beginning_is_compared() {
        String statement = "SELECT " + "column_name, ".repeat(90) + "last FROM t WHERE b = ?";
        String shown = statement.replace("?", "$1").substring(0, 1023);
        assertThat(StatementWatch.shows(shown, statement)).isTrue();
        assertThat(StatementWatch.shows(shown, statement.replace("column", "other"))).isFalse();
    }
}
