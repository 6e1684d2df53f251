package io.rapport.customer.context;

import static java.util.Objects.requireNonNull;

import io.rapport.platform.Columns;
import io.rapport.platform.Ids;
import io.rapport.platform.event.ReceivedEvent;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the balance and the tier that the customer's last event about them told; sequence order
 * makes it the last.
 */
final class LoyaltyFold implements ContextFold {

    record Points(long balance, String programme, @Nullable String tier) {
        Points {
            requireNonNull(programme, "programme");
        }
    }

    record Tier(String to, String programme) {
        Tier {
            requireNonNull(to, "to");
            requireNonNull(programme, "programme");
        }
    }

    private record Key(UUID customer, String programme) {}

    /** What a batch says of an account; null: nothing. */
    private record Account(@Nullable Long balance, @Nullable String tier) {
        Account then(Account later) {
            return new Account(
                    later.balance == null ? balance : later.balance,
                    later.tier == null ? tier : later.tier);
        }
    }

    private final SortedMap<Key, Account> accounts =
            new TreeMap<>(
                    Comparator.comparing(Key::customer, Ids.BY_VALUE)
                            .thenComparing(Key::programme));

    @Override
    public void add(ReceivedEvent event) {
        switch (event.type()) {
            case "loyalty.points-earned.v1", "loyalty.points-reversed.v1" -> {
                Points points = event.data(Points.class);
                put(event, points.programme(), new Account(points.balance(), points.tier()));
            }
            case "loyalty.tier-changed.v1" -> {
                Tier tier = event.data(Tier.class);
                put(event, tier.programme(), new Account(null, tier.to()));
            }
            default -> {
                // Other types are not this part's business.
            }
        }
    }

    private void put(ReceivedEvent event, String programme, Account account) {
        accounts.merge(new Key(event.customer(), programme), account, Account::then);
    }

    @Override
    public void write(Handle handle, int generation) {
        if (accounts.isEmpty()) {
            return;
        }
        Columns.of(accounts.entrySet())
                .add("customers", UUID.class, row -> row.getKey().customer())
                .add("programmes", String.class, row -> row.getKey().programme())
                .add("balances", Long.class, row -> row.getValue().balance())
                .add("tiers", String.class, row -> row.getValue().tier())
                .bindTo(
                        handle.createUpdate(
                                """
                        INSERT INTO context_loyalty_by_generation AS c (generation, customer_id, programme, balance, tier)
                        SELECT :generation, account.*
                        FROM unnest(:customers, :programmes, :balances, :tiers) AS account
                        ON CONFLICT (generation, customer_id, programme) DO UPDATE SET
                            balance = coalesce(EXCLUDED.balance, c.balance),
                            tier = coalesce(EXCLUDED.tier, c.tier)
                        """))
                .bind("generation", generation)
                .execute();
    }
}
