package io.rapport.loyalty.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.loyalty.account.Entry.Kind;
import io.rapport.platform.Ids;
import io.rapport.platform.Money;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database refuses the application itself, should its code ever be wrong. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class LedgerConstraintsTest {

    @Inject Jdbi jdbi;
    @Inject Ledger ledger;

    private final UUID customer = Ids.next();

    @BeforeEach
    void earn() {
        Money amount = new Money(new BigDecimal("12.50"), "GBP");
        Occasion occasion = new Occasion(Ids.next(), customer, Ids.next(), amount, Postings.NOW);
        QuarkusTransaction.requiringNew().run(() -> ledger.post(Kind.EARNED, occasion));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger_entry SET points = points",
                "DELETE FROM ledger_entry",
                "TRUNCATE ledger_entry",
                "UPDATE ledger_entry_claim SET entry_id = entry_id",
                "DELETE FROM ledger_entry_claim",
                "DELETE FROM account",
                "INSERT INTO programme VALUES ('other', 1, 1)",
                "UPDATE programme SET points_per_unit = 2",
                "UPDATE tier SET qualifying_points = 1 WHERE code = 'GOLD'",
                "DELETE FROM tier",
            })
    void what_is_written_stays(String statement) {
        assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute(statement)))
                .hasStackTraceContaining("permission denied");
    }

    @ParameterizedTest
    @CsvSource({
        "'balance = -1, reversed = 13', account_balance_is_not_negative",
        "balance = 13, account_balance_is_earned_minus_reversed",
        "'earned = -12, reversed = -24', account_earned_is_not_negative",
        "'balance = 13, reversed = -1', account_reverses_no_more_than_it_earned",
        "tier = 'PLATINUM', account_tier_is_one_of_the_programme",
        "version = -1, account_version_is_not_negative",
    })
    void an_impossible_account_is_refused(String change, String constraint) {
        assertRefusedBy(
                constraint, "UPDATE account SET " + change + " WHERE customer_id = ?", customer);
    }

    @ParameterizedTest
    @CsvSource({
        "1, EARNED, 5, 5, 17, ledger_entry_numbers_differ",
        "0, EARNED, 5, 5, 17, ledger_entry_number_is_positive",
        "2, SPENT, 5, 5, 17, ledger_entry_kind_is_known",
        "2, EARNED, 0, 0, 12, ledger_entry_requests_points",
        "2, EARNED, 4, 5, 16, ledger_entry_earns_what_was_requested",
        "2, REVERSED, 5, 5, 0, ledger_entry_reverses_no_more_than_requested",
        "2, REVERSED, -6, 5, 0, ledger_entry_reverses_no_more_than_requested",
        "2, REVERSED, -4, 5, 8, ledger_entry_reverses_all_or_down_to_zero",
        "2, REVERSED, -5, 5, -1, ledger_entry_balance_is_not_negative",
        "2, EARNED, 5, 5, 4, ledger_entry_balance_holds_what_was_earned",
    })
    void an_impossible_entry_is_refused(
            long number,
            String kind,
            long points,
            long requested,
            long balance,
            String constraint) {
        assertRefusedBy(
                constraint,
                """
                INSERT INTO ledger_entry (customer_id, id, programme, number, kind, points, requested, balance_after,
                    programme_version, interaction_id, cause_id, amount, currency, occurred_at, recorded_at)
                VALUES (?, ?, 'default', ?, ?, ?, ?, ?, 1, ?, ?, 5.00, 'GBP', now(), now())""",
                customer,
                Ids.next(),
                number,
                kind,
                points,
                requested,
                balance,
                Ids.next(),
                Ids.next());
    }

    @Test
    void an_entry_belongs_to_an_account() {
        assertRefusedBy(
                "ledger_entry_belongs_to_an_account",
                """
                INSERT INTO ledger_entry
                SELECT ?, ?, programme, number, kind, points, requested, balance_after, programme_version,
                    interaction_id, cause_id, amount, currency, occurred_at, recorded_at
                FROM ledger_entry WHERE customer_id = ?""",
                Ids.next(),
                Ids.next(),
                customer);
    }

    @Test
    void a_causing_event_is_claimed_once() {
        assertRefusedBy(
                "ledger_entry_claim_pkey",
                "INSERT INTO ledger_entry_claim SELECT cause_id, ?, ? FROM ledger_entry WHERE customer_id = ?",
                Ids.next(),
                Ids.next(),
                customer);
    }

    @Test
    void the_application_cannot_change_the_schema() {
        assertThatThrownBy(
                        () ->
                                jdbi.useHandle(
                                        handle ->
                                                handle.execute(
                                                        "ALTER TABLE account DROP COLUMN balance")))
                .hasStackTraceContaining("must be owner");
        boolean mayCreate =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(
                                                "SELECT has_schema_privilege('public', 'CREATE')")
                                        .mapTo(boolean.class)
                                        .one());
        assertThat(mayCreate).isFalse();
    }

    private void assertRefusedBy(String constraint, String statement, Object... values) {
        assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute(statement, values)))
                .hasStackTraceContaining("\"" + constraint + "\"");
    }
}
