package io.rapport.bench.propagation;

import io.rapport.bench.recording.Purchase;
import java.util.function.IntFunction;

/**
 * Purchases of one customer after the other, and the balances that they promise. For one thread.
 */
final class PointsPromised {
    private final IntFunction<String> references;
    private final long[] balances;
    private final long[] recorded;
    private long made;

    /** Of so many customers, by their references. */
    PointsPromised(int customers, IntFunction<String> references) {
        this.references = references;
        this.balances = new long[customers];
        this.recorded = new long[customers];
    }

    /**
     * A purchase, and whose it is. {@code balance} is what the customer has when all purchases so
     * far have become points; {@code least} what everyone sees who has seen this one: it, and those
     * that were recorded before it was sent. Others on their way may be recorded after it.
     */
    record Promise(Purchase purchase, int customer, long balance, long least) {}

    Promise next() {
        int customer = (int) (made % balances.length);
        Purchase purchase = Purchase.by(references.apply(customer), "flow-" + made);
        made++;
        balances[customer] += purchase.points();
        return new Promise(
                purchase, customer, balances[customer], recorded[customer] + purchase.points());
    }

    /** This purchase was answered. */
    void recorded(Promise promise) {
        recorded[promise.customer()] += promise.purchase().points();
    }

    /** Nothing shall come of this purchase. */
    void refused(Promise promise) {
        balances[promise.customer()] -= promise.purchase().points();
    }

    /** Every purchase so far was answered. */
    void allRecorded() {
        System.arraycopy(balances, 0, recorded, 0, balances.length);
    }
}
