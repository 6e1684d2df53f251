package io.rapport.customer.importing;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.AttributeKey;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.CustomerWrite;
import io.rapport.platform.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What the rows of a step make of customers, each of whom is there once, before any of it is
 * written. Whom a row means, all that names it decides together. For one thread.
 */
final class ImportPlan {

    private final ImportMode mode;
    private final Owners owners;
    private final Map<UUID, Customer> held;
    private final ErasedInRows erased;
    private final ImportRules rules;
    private final Set<UUID> met = new HashSet<>();
    private final Set<AttributeKey> keysMet = new HashSet<>();
    private final List<CustomerWrite> writes = new ArrayList<>();
    private final Map<Identity, UUID> claims = new HashMap<>();
    private int created;
    private int unchanged;

    /**
     * {@code owners}: whom the rows name; these are {@code held}. {@code erased}: names in the rows
     * that nobody may have.
     */
    ImportPlan(
            ImportMode mode,
            Owners owners,
            Map<UUID, Customer> held,
            ErasedInRows erased,
            ImportRules rules) {
        this.mode = mode;
        this.owners = owners;
        this.held = held;
        this.erased = erased;
        this.rules = rules;
    }

    /** Whether a customer of this row has had one already. */
    boolean knows(ImportedRow row) {
        return owners.of(row).stream().anyMatch(met::contains)
                || row.keys().stream().anyMatch(keysMet::contains);
    }

    /** Refuses a row that cannot be, and then nothing of it happens. */
    void add(ImportedRow row) {
        if (row.identities().isEmpty() && row.keys().isEmpty()) {
            throw Refusal.invalid(
                    "identity-missing",
                    "A row needs an identity, or the value of a unique attribute, by which it is known when it comes"
                            + " again.");
        }
        erased.requireNone(row);
        List<UUID> meant = owners.of(row);
        met.addAll(meant);
        keysMet.addAll(row.keys());
        switch (meant.size()) {
            case 0 -> register(row);
            case 1 -> update(row, Objects.requireNonNull(held.get(meant.getFirst())));
            default ->
                    throw Refusal.conflict(
                            "ambiguous-customer",
                            "What names the customer of this row names several.");
        }
    }

    private void register(ImportedRow row) {
        if (mode == ImportMode.UPDATE) {
            throw CustomerRows.unknown();
        }
        CustomerWrite write = rules.registration(row);
        UUID id = write.answer().id();
        row.identities().forEach(identity -> claims.put(identity, id));
        writes.add(write);
        created++;
    }

    private void update(ImportedRow row, Customer customer) {
        if (mode == ImportMode.CREATE) {
            throw Refusal.conflict("identity-exists", "The customer that this row names is there.");
        }
        CustomerWrite write = rules.edition(customer, row);
        if (write.changesNothing()) {
            unchanged++;
            return;
        }
        row.identities().stream()
                .filter(identity -> !owners.identities().containsKey(identity))
                .forEach(identity -> claims.put(identity, customer.id()));
        writes.add(write);
    }

    List<CustomerWrite> writes() {
        return writes;
    }

    /** Identities that the customers get. */
    Map<Identity, UUID> claims() {
        return claims;
    }

    int created() {
        return created;
    }

    int updated() {
        return writes.size() - created;
    }

    int unchanged() {
        return unchanged;
    }
}
