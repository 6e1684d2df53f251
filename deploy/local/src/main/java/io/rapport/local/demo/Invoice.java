package io.rapport.local.demo;

import java.math.BigDecimal;
import java.time.LocalDateTime;

/**
 * One row of an invoice file that can be loaded. {@code line} counts from 1 with the header; the
 * time is the shop's clock in the United Kingdom; a cancellation's amount is negative or zero and
 * names no purchase.
 */
record Invoice(
        long line,
        String number,
        String customer,
        String country,
        LocalDateTime occurredAt,
        BigDecimal amount,
        Kind kind) {

    /** The currency of the column {@code amount_gbp}. */
    static final String CURRENCY = "GBP";

    /** What an interaction of the suite can be made from; adjustments of the books are none. */
    enum Kind {
        PURCHASE,
        CANCELLATION
    }
}
