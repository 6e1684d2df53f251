package io.rapport.interaction.thread;

import io.rapport.directory.Directory;
import io.rapport.directory.Relationship;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Finds what a thread is one with, and holds it. Whoever changes a thread holds the sequences of
 * all customers who are one, in the order of their ids, as every write about them and their erasure
 * do; so of two who change one matter, the second sees what the first has made of it.
 */
@ApplicationScoped
public class Matters {

    private static final String HOLD =
            """
            SELECT erased FROM customer_sequence WHERE customer_id = ANY(:customers)
            ORDER BY customer_id FOR UPDATE""";

    private final Jdbi jdbi;
    private final ThreadRows rows;
    private final Directory directory;

    Matters(Jdbi jdbi, ThreadRows rows, Directory directory) {
        this.jdbi = jdbi;
        this.rows = rows;
        this.directory = directory;
    }

    /** The matter as it is; of an erased customer it is refused. */
    Matter require(UUID thread) {
        InteractionThread named = find(thread);
        return matter(named.id(), customers(named.customer()));
    }

    /** The same, which nobody else changes until the transaction ends. */
    @Transactional(TxType.MANDATORY)
    Matter hold(UUID thread) {
        InteractionThread named = find(thread);
        List<UUID> customers = customers(named.customer());
        hold(customers);
        return matter(named.id(), customers);
    }

    /** The matter of a thread of these customers, which the caller holds. */
    Matter among(UUID thread, List<UUID> customers) {
        if (!customers.contains(find(thread).customer())) {
            throw unknown();
        }
        return matter(thread, customers);
    }

    /**
     * The thread as which it answers, for a read of the timeline of these customers; unknown when
     * it is another's.
     */
    public UUID root(UUID thread, List<UUID> customers) {
        return among(thread, customers).root().id();
    }

    /** All who are one with this customer, this one too. */
    List<UUID> customers(UUID customer) {
        return relationship(customer).members();
    }

    Relationship relationship(UUID customer) {
        return directory.relationship(CustomerReference.parse(customer.toString()));
    }

    /** Refused when one of them was erased; the transaction may go on without them. */
    @Transactional(value = TxType.MANDATORY, dontRollbackOn = Refusal.class)
    void hold(Collection<UUID> customers) {
        Set<UUID> each = new TreeSet<>(customers);
        boolean erased =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(HOLD)
                                        .bindArray("customers", UUID.class, each)
                                        .mapTo(boolean.class)
                                        .list()
                                        .contains(true));
        if (erased) {
            throw Refusal.customerErased();
        }
    }

    InteractionThread find(UUID thread) {
        return rows.find(thread).orElseThrow(Matters::unknown);
    }

    static Refusal unknown() {
        return Refusal.notFound("unknown-thread", "There is no thread with this id.");
    }

    private Matter matter(UUID named, List<UUID> customers) {
        UUID root = rows.root(named, customers);
        return new Matter(named, find(root), rows.below(root, customers), customers);
    }
}
