package io.rapport.platform.http;

import io.rapport.platform.Refusal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Tells failures of the database's surroundings, which pass, from refusals by its constraints and
 * from our bugs.
 */
final class DatabaseFailure {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private DatabaseFailure() {}

    /** What to answer; empty when it is a bug of ours. */
    static Optional<Refusal> refusal(
            SQLException failure, Function<String, Optional<Refusal>> byConstraint) {
        String state = failure.getSQLState();
        if (state == null || state.length() < 5) {
            // The driver and the server always give a state; without one it is the pool that had no
            // connection to give.
            return Optional.of(unavailable());
        }
        return switch (state) {
            case "55P03", "57014", "40001", "40P01", "25P03", "25P04" -> Optional.of(busy());
            case "57P01", "57P02", "57P03", "57P05", "25006" -> Optional.of(unavailable());
            case "22021", "22P05" -> Optional.of(unkeepable());
            case "23505", "23503", "23P01" ->
                    Optional.of(byConstraint(failure, byConstraint).orElseGet(() -> raced()));
            case "23514" -> byConstraint(failure, byConstraint).or(() -> brokenRule(failure));
            default -> byClass(state, failure, byConstraint);
        };
    }

    /** Nothing can be read or written just now; what was acknowledged is kept. */
    static Refusal unavailable() {
        return Refusal.unavailable(
                "database-unavailable",
                "Our database cannot be reached just now. Repeat the same request in a moment.");
    }

    private static Optional<Refusal> byClass(
            String state, SQLException failure, Function<String, Optional<Refusal>> byConstraint) {
        return switch (state.substring(0, 2)) {
            // 0A and 26: a plan that a migration made void; 28: a password that was changed; 55: no
            // sessions are let in, while a database is restored.
            case "08", "0A", "26", "28", "53", "55", "58" -> Optional.of(unavailable());
            case "23" -> byConstraint(failure, byConstraint);
            default -> Optional.empty();
        };
    }

    private static Refusal busy() {
        return Refusal.unavailable(
                "database-busy",
                "Others are changing the same thing. Repeat the same request in a moment.");
    }

    private static Refusal raced() {
        return Refusal.conflict(
                        "conflicting-change",
                        "Another request changed the same thing first. Read it and try again.")
                .retryAfter(PAUSE);
    }

    private static Refusal unkeepable() {
        return Refusal.invalid(
                "invalid-text", "Text must not hold U+0000 or half surrogate pairs.");
    }

    /** What no rule of the domain has refused before; constraints are named as sentences. */
    private static Optional<Refusal> brokenRule(SQLException failure) {
        return Optional.ofNullable(constraint(failure))
                .map(
                        name ->
                                Refusal.unprocessable(
                                        "rule-broken",
                                        "This would break a rule of what is kept: %s."
                                                .formatted(name.replace('_', ' '))));
    }

    private static Optional<Refusal> byConstraint(
            SQLException failure, Function<String, Optional<Refusal>> byConstraint) {
        return Optional.ofNullable(constraint(failure)).flatMap(byConstraint);
    }

    private static @Nullable String constraint(SQLException failure) {
        ServerErrorMessage message =
                failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        return message == null ? null : message.getConstraint();
    }
}
