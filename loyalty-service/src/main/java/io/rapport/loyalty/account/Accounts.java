package io.rapport.loyalty.account;

import io.rapport.loyalty.programme.Programme;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads accounts and entries, each list by an index and in bounded pages. */
@ApplicationScoped
public class Accounts {

    private static final RowMapper<Account> ACCOUNT_ROW = ConstructorMapper.of(Account.class);
    private static final RowMapper<Entry> ENTRY_ROW = ConstructorMapper.of(Entry.class);

    private static final String ACCOUNT =
            "SELECT customer_id AS customer, programme, balance, earned, reversed, tier, version FROM account ";

    private static final String ENTRY =
            """
            SELECT customer_id AS customer, id, programme, number, kind, points, requested, balance_after,
                   programme_version, interaction_id AS interaction, cause_id AS causing_event,
                   amount, currency, occurred_at, recorded_at
            FROM ledger_entry\s""";

    // Pages of the audit: their sizes are numbers in the statement, for a parameter is planned as a
    // tenth of all rows.
    private static final String ACCOUNTS_AFTER =
            ACCOUNT
                    + """
                    WHERE (customer_id, programme) > (:customer, :programme)
                    ORDER BY customer_id, programme LIMIT %d""";

    private static final String ENTRIES_AFTER =
            ENTRY
                    + """
                    WHERE (customer_id, programme, number) > (:customer, :programme, :number)
                      AND (customer_id, programme) <= (:lastCustomer, :lastProgramme)
                    ORDER BY customer_id, programme, number LIMIT %d""";

    private final Jdbi jdbi;

    Accounts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The customer's account, which is empty and not stored before the first entry. */
    public Account of(UUID customer, Programme programme) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        ACCOUNT
                                                + "WHERE customer_id = :customer AND programme = :programme")
                                .bind("customer", customer)
                                .bind("programme", programme.code())
                                .map(ACCOUNT_ROW)
                                .findOne()
                                .orElseGet(() -> Account.open(customer, programme)));
    }

    /** The version at which an account stands by now. */
    public long versionOf(Account account) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT version FROM account WHERE customer_id = :customer AND programme = :programme")
                                .bind("customer", account.customer())
                                .bind("programme", account.programme())
                                .mapTo(long.class)
                                .one());
    }

    /** The accounts of those customers that have entries. */
    List<Account> of(List<UUID> customers, Programme programme) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        ACCOUNT
                                                + "WHERE customer_id = ANY(:customers) AND programme = :programme")
                                .bindArray("customers", UUID.class, customers)
                                .bind("programme", programme.code())
                                .map(ACCOUNT_ROW)
                                .list());
    }

    /**
     * Entries of all these customers, newest first, older than {@code before} where that is given.
     * Ids rise with the time; each account's are read by the primary key, as many as the page has.
     */
    List<Entry> entriesBefore(
            @Nullable UUID before, List<UUID> customers, Programme programme, int limit) {
        String sql =
                "SELECT page.* FROM unnest(:customers) AS member (id) CROSS JOIN LATERAL ("
                        + ENTRY
                        + " WHERE customer_id = member.id AND programme = :programme"
                        + (before == null ? "" : " AND ledger_entry.id < :before")
                        + " ORDER BY ledger_entry.id DESC LIMIT :limit) AS page"
                        + " ORDER BY page.id DESC LIMIT :limit";
        return jdbi.withHandle(
                handle -> {
                    Query query =
                            handle.createQuery(sql)
                                    .bindArray("customers", UUID.class, customers)
                                    .bind("programme", programme.code())
                                    .bind("limit", limit);
                    if (before != null) {
                        query.bind("before", before);
                    }
                    return query.map(ENTRY_ROW).list();
                });
    }

    /** Accounts beyond one of them, in the order of their keys. */
    public List<Account> accountsAfter(UUID customer, String programme, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(ACCOUNTS_AFTER.formatted(limit))
                                .bind("customer", customer)
                                .bind("programme", programme)
                                .map(ACCOUNT_ROW)
                                .list());
    }

    /**
     * Entries beyond one of them, up to the last account, in the order of their accounts and
     * numbers.
     */
    public List<Entry> entriesAfter(
            UUID customer, String programme, long number, Account last, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(ENTRIES_AFTER.formatted(limit))
                                .bind("customer", customer)
                                .bind("programme", programme)
                                .bind("number", number)
                                .bind("lastCustomer", last.customer())
                                .bind("lastProgramme", last.programme())
                                .map(ENTRY_ROW)
                                .list());
    }
}
