package io.rapport.loyalty.account;

import io.rapport.loyalty.account.Entry.Kind;
import io.rapport.loyalty.programme.Programme;
import io.rapport.loyalty.programme.Programmes;
import io.rapport.platform.event.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * The only writer of accounts and entries. The account's row lock is held over two statements
 * before the outbox: one that locks and reads, one that writes account, entry and claim. Each
 * causing event moves points once.
 */
@ApplicationScoped
public class Ledger {

    /**
     * A locked account, and whether the event moves nothing: it has already moved points, or its
     * customer was erased.
     */
    private record Locked(Account account, boolean settled) {}

    private static final RowMapper<Account> ACCOUNT = ConstructorMapper.of(Account.class);

    private static final String LOCK =
            """
            SELECT customer_id AS customer, programme, balance, earned, reversed, tier, version,
                   EXISTS (SELECT FROM ledger_entry_claim WHERE cause_id = :event)
                   OR EXISTS (SELECT FROM customer_sequence AS s WHERE s.customer_id = :customer AND s.erased)
                   AS settled
            FROM account WHERE customer_id = :customer AND programme = :programme
            FOR UPDATE""";

    private static final String OPEN =
            """
            INSERT INTO account (customer_id, programme, balance, earned, reversed, tier, version)
            SELECT :customer, :programme, :balance, :earned, :reversed, :tier, :version
            WHERE NOT EXISTS (SELECT FROM customer_sequence WHERE customer_id = :customer AND erased)
            ON CONFLICT DO NOTHING""";

    // The row is locked and its version known, so the guard on the version can only fail by a
    // mistake in this class.
    private static final String POST =
            """
            WITH claim AS (
                INSERT INTO ledger_entry_claim (cause_id, customer_id, entry_id)
                VALUES (:entry.causingEvent, :entry.customer, :entry.id)
            ), entry AS (
                INSERT INTO ledger_entry (customer_id, id, programme, number, kind, points, requested, balance_after,
                    programme_version, interaction_id, cause_id, amount, currency, occurred_at, recorded_at)
                VALUES (:entry.customer, :entry.id, :entry.programme, :entry.number, :entry.kind, :entry.points,
                    :entry.requested, :entry.balanceAfter, :entry.programmeVersion, :entry.interaction,
                    :entry.causingEvent, :amount.amount, :amount.currency, :entry.occurredAt, :entry.recordedAt)
            )
            UPDATE account
            SET balance = :after.balance, earned = :after.earned, reversed = :after.reversed, tier = :after.tier,
                version = :after.version
            WHERE customer_id = :after.customer AND programme = :after.programme AND version = :after.version - 1""";

    private final Jdbi jdbi;
    private final Clock clock;
    private final Programmes programmes;
    private final Outbox outbox;

    Ledger(Jdbi jdbi, Clock clock, Programmes programmes, Outbox outbox) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.programmes = programmes;
        this.outbox = outbox;
    }

    /**
     * Earns or takes back what the occasion is worth and tells it; if it is worth anything, and its
     * customer was not erased.
     */
    @Transactional(TxType.MANDATORY)
    public void post(Kind kind, Occasion occasion) {
        Programme programme = programmes.standard();
        Worth.of(kind, occasion, programme).ifPresent(worth -> post(worth, programme));
    }

    private void post(Worth worth, Programme programme) {
        lock(worth.occasion(), programme)
                .filter(locked -> !locked.settled())
                .ifPresent(
                        locked -> {
                            Posting posting =
                                    Posting.of(worth, locked.account(), programme, clock.instant());
                            write(posting);
                            outbox.publishAll(posting.events());
                        });
    }

    /**
     * The first movement of a customer also makes the row; whoever loses that race waits for the
     * winner's lock. There is none of a customer who was erased before.
     */
    private Optional<Locked> lock(Occasion occasion, Programme programme) {
        return find(occasion, programme)
                .or(
                        () -> {
                            open(Account.open(occasion.customer(), programme));
                            return find(occasion, programme);
                        });
    }

    private Optional<Locked> find(Occasion occasion, Programme programme) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(LOCK)
                                .bind("customer", occasion.customer())
                                .bind("programme", programme.code())
                                .bind("event", occasion.causingEvent())
                                .map(
                                        (row, context) ->
                                                new Locked(
                                                        ACCOUNT.map(row, context),
                                                        row.getBoolean("settled")))
                                .findOne());
    }

    private void open(Account account) {
        jdbi.useHandle(handle -> handle.createUpdate(OPEN).bindMethods(account).execute());
    }

    private void write(Posting posting) {
        int written =
                jdbi.withHandle(
                        handle ->
                                handle.createUpdate(POST)
                                        .bindMethods("entry", posting.entry())
                                        .bindMethods("amount", posting.entry().amount())
                                        .bindMethods("after", posting.after())
                                        .execute());
        if (written != 1) {
            UUID customer = posting.after().customer();
            throw new IllegalStateException(
                    "the locked account of customer " + customer + " has changed");
        }
    }
}
