package io.rapport.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.Kind;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class DatabaseFailureTest {

    private final Problems problems =
            new Problems(
                    List.of(
                            constraint -> Optional.empty(),
                            constraint ->
                                    constraint.equals("thing_name_is_free")
                                            ? Optional.of(
                                                    Refusal.conflict(
                                                            "name-taken", "Take another name."))
                                            : Optional.empty()));

    @ParameterizedTest
    @CsvSource({
        "08006, UNAVAILABLE, database-unavailable",
        "08001, UNAVAILABLE, database-unavailable",
        "57P01, UNAVAILABLE, database-unavailable",
        "57P03, UNAVAILABLE, database-unavailable",
        "53300, UNAVAILABLE, database-unavailable",
        "53100, UNAVAILABLE, database-unavailable",
        "58030, UNAVAILABLE, database-unavailable",
        "0A000, UNAVAILABLE, database-unavailable",
        "26000, UNAVAILABLE, database-unavailable",
        "28P01, UNAVAILABLE, database-unavailable",
        "25006, UNAVAILABLE, database-unavailable",
        "55000, UNAVAILABLE, database-unavailable",
        "55P03, UNAVAILABLE, database-busy",
        "57014, UNAVAILABLE, database-busy",
        "40P01, UNAVAILABLE, database-busy",
        "40001, UNAVAILABLE, database-busy",
        "23505, CONFLICT, conflicting-change",
        "23503, CONFLICT, conflicting-change",
        "22021, INVALID, invalid-text"
    })
    void what_passes_is_told_as_passing(String state, Kind kind, String code) {
        Refusal refusal = problems.refusal(wrapped(new SQLException("x", state))).orElseThrow();

        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.retryAfter().isPresent()).isEqualTo(kind != Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42601", "42P01", "42501", "23514", "23502", "22003", "XX000"})
    void a_bug_of_ours_is_a_bug_of_ours(String state) {
        assertThat(problems.refusal(wrapped(new SQLException("x", state)))).isEmpty();
        assertThat(problems.of(wrapped(new SQLException("x", state))).status()).isEqualTo(500);
    }

    @Test
    void an_exhausted_pool_passes() {
        SQLException timeout = new SQLException("Sorry, acquisition timeout!");

        assertThat(problems.of(new ConnectionException(timeout)).status()).isEqualTo(503);
        assertThat(problems.of(wrapped(timeout)).code()).isEqualTo("database-unavailable");
    }

    @Test
    void a_transaction_that_the_database_took_back_may_be_repeated() {
        RollbackException rollback = new RollbackException("could not commit");
        rollback.addSuppressed(new SQLException("x", "40001"));

        assertThat(problems.of(wrapped(rollback)).code()).isEqualTo("database-busy");
        assertThat(problems.of(wrapped(new RollbackException("x"))).code())
                .isEqualTo("database-unavailable");
    }

    @Test
    void a_named_constraint_is_told_by_the_feature_that_it_belongs_to() {
        assertThat(problems.of(violation("23505", "thing_name_is_free")).code())
                .isEqualTo("name-taken");
        assertThat(problems.of(violation("23514", "thing_name_is_free")).code())
                .isEqualTo("name-taken");
        assertThat(problems.of(violation("23505", "other")).code()).isEqualTo("conflicting-change");
        assertThat(problems.of(violation("23502", "other")).status()).isEqualTo(500);
    }

    @Test
    void a_check_that_nobody_foresaw_tells_its_rule_by_its_name() {
        Problem problem = problems.of(violation("23514", "thing_has_at_most_50_parts"));

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.code()).isEqualTo("rule-broken");
        assertThat(problem.detail()).contains("thing has at most 50 parts");
    }

    private static SQLException violation(String state, String constraint) {
        return new PSQLException(
                new ServerErrorMessage("SERROR\0C" + state + "\0Mrefused\0n" + constraint + "\0"));
    }

    private static Throwable wrapped(Exception failure) {
        return new IllegalStateException(new IllegalArgumentException(failure));
    }
}
