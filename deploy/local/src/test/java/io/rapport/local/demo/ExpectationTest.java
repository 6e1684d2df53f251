package io.rapport.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {
    @ParameterizedTest(name = "{0} points and a {1} of {2} make {3}")
    @CsvSource({
        "0, PURCHASE, 139.12, 139",
        "0, PURCHASE, 0.99, 0",
        "7, PURCHASE, 0.00, 7",
        "0, PURCHASE, 168469.60, 168469",
        "100, CANCELLATION, -27.50, 73",
        "100, CANCELLATION, -100.99, 0",
        "100, CANCELLATION, -168469.60, 0",
        "0, CANCELLATION, -5.00, 0",
        "5, CANCELLATION, 0.00, 5",
        "5, CANCELLATION, -0.99, 5"
    })
    void points_follow_whole_units_and_never_fall_below_zero(
            long balance, Invoice.Kind kind, BigDecimal amount, long after) {
        assertThat(Expectation.pointsAfter(balance, kind, amount)).isEqualTo(after);
    }

    @Test
    void the_order_of_the_file_decides_what_a_cancellation_can_take() {
        Invoice purchase = invoice(2, "1", "a", Invoice.Kind.PURCHASE, "50.00");
        Invoice cancellation = invoice(3, "C2", "a", Invoice.Kind.CANCELLATION, "-50.00");
        assertThat(points(List.of(purchase, cancellation))).isZero();
        assertThat(points(List.of(cancellation, purchase))).isEqualTo(50);
    }

    @Test
    void every_customer_has_figures_of_its_own() {
        Map<String, Expectation> expectations =
                Expectation.of(
                        List.of(
                                invoice(2, "1", "a", Invoice.Kind.PURCHASE, "10.50"),
                                invoice(3, "2", "b", Invoice.Kind.CANCELLATION, "-1.00"),
                                invoice(4, "3", "a", Invoice.Kind.PURCHASE, "0.50")));
        assertThat(expectations.get("a"))
                .isEqualTo(
                        new Expectation(
                                new Figures(
                                        Map.of("GBP", new Tally(2, new BigDecimal("11"))),
                                        Map.of()),
                                10));
        assertThat(expectations.get("b"))
                .isEqualTo(
                        new Expectation(
                                new Figures(
                                        Map.of(),
                                        Map.of("GBP", new Tally(1, new BigDecimal("-1.00")))),
                                0));
    }

    @Test
    void an_invoice_number_that_comes_again_counts_once() {
        Invoice invoice = invoice(2, "1", "a", Invoice.Kind.PURCHASE, "10.00");
        Invoice again = invoice(3, "1", "a", Invoice.Kind.PURCHASE, "10.00");
        assertThat(points(List.of(invoice, again))).isEqualTo(10);
    }

    private static long points(List<Invoice> invoices) {
        return Expectation.of(invoices).getOrDefault("a", Expectation.NOTHING).points();
    }

    private static Invoice invoice(
            long line, String number, String customer, Invoice.Kind kind, String amount) {
        return new Invoice(
                line,
                number,
                customer,
                "France",
                LocalDateTime.of(2011, 1, 1, 0, 0),
                new BigDecimal(amount),
                kind);
    }
}
