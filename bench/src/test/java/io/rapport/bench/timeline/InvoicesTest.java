package io.rapport.bench.timeline;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.bench.timeline.Invoices.Invoice;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvoicesTest {
    @Test
    void customers_are_numbered_and_adjustments_left_out() {
        Invoices read =
                Invoices.read(
                        List.of(
                                "invoice_no,occurred_at,customer_id,country,lines,amount_gbp,kind",
                                "1,2010-12-01T10:03:00,12431,Australia,14,358.25,PURCHASE",
                                "2,2010-12-01T10:19:00,17511,United Kingdom,1,-4.50,CANCELLATION",
                                "3,2010-12-01T10:20:00,99999,United Kingdom,1,1.00,ADJUSTMENT",
                                "4,2010-12-01T10:21:00,12431,Australia,1,2.00,PURCHASE"));

        assertThat(read.customers()).isEqualTo(2);
        assertThat(read.all())
                .containsExactly(
                        new Invoice(0, "358.25", "PURCHASE"),
                        new Invoice(1, "-4.50", "CANCELLATION"),
                        new Invoice(0, "2.00", "PURCHASE"));
    }

    @Test
    void of_the_bundled_ones_a_few_customers_have_a_large_share() {
        Invoices bundled = Invoices.bundled();
        long most =
                bundled.all().stream()
                        .collect(groupingBy(Invoice::customer, counting()))
                        .values()
                        .stream()
                        .max(Long::compare)
                        .orElseThrow();

        // Two years of these fill a page, which the comparison of pages needs.
        assertThat(2 * most).isGreaterThan(RawTimelinePage.ROWS);
    }
}
