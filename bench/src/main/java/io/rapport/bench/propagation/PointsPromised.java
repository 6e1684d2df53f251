package io.rapport.bench.propagation;

import io.rapport.bench.load.Customers;
import io.rapport.bench.recording.Purchase;

/**
 * Purchases of one customer after the other, and the balance that each customer's context shows
 * when all of theirs so far have become points. For one thread.
 */
final class PointsPromised {
    private final Customers customers;
    private final long[] balances;
    private long made;

    PointsPromised(Customers customers) {
        this.customers = customers;
        this.balances = new long[customers.count()];
    }

    /** A purchase, whose it is, and the customer's balance after it. */
    record Promise(Purchase purchase, int customer, long balance) {}

    Promise next() {
        int customer = (int) (made % customers.count());
        Purchase purchase = Purchase.by(customers.reference(customer), "flow-" + made);
        made++;
        balances[customer] += purchase.points();
        return new Promise(purchase, customer, balances[customer]);
    }
}
