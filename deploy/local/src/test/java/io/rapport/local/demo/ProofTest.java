package io.rapport.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rapport.local.demo.ToldServices.Asked;
import io.rapport.local.demo.ToldServices.Told;
import io.rapport.local.stack.LocalPorts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Proofs of two customers with the same rows, against services that hold of one what the file says
 * and of the other what a test plants.
 */
class ProofTest {
    private static final String AGREEING = "13047";
    private static final String DIFFERING = "17850";
    private static final String IN_FILE =
            "purchases {GBP=2 of 32.50}, cancellations {GBP=1 of -5.00}";

    private static final String LIST =
            """
            {"items": [
              {"type": "PURCHASE", "amount": {"amount": "12.50", "currency": "GBP"}},
              {"type": "PURCHASE", "amount": {"amount": "20.00", "currency": "GBP"}},
              {"type": "NOTE"},
              {"type": "CANCELLATION", "amount": {"amount": "-5.00", "currency": "GBP"}}
            ], "next": null}""";
    private static final String CONTEXT =
            """
            {"interactions": {
               "purchases": [{"currency": "GBP", "count": 2, "sum": "32.50"}],
               "cancellations": [{"currency": "GBP", "count": 1, "sum": "-5.00"}]},
             "loyalty": {"balance": 27, "tier": "BASE"}}""";
    private static final String ACCOUNT = "{\"balance\": 27}";

    private final LocalPorts ports = LocalPorts.free();
    private ToldServices services;
    private volatile Told list = Told.ok(LIST);
    private volatile Told secondPage = Told.ok("{}");
    private volatile Told context = Told.ok(CONTEXT);
    private volatile Told account = Told.ok(ACCOUNT);

    @BeforeEach
    void listen() throws IOException {
        services = new ToldServices(ports, this::answer);
    }

    @AfterEach
    void close() {
        services.close();
    }

    private Told answer(Asked asked) {
        boolean planted = asked.target().contains(DIFFERING);
        if (asked.target().startsWith("/loyalty/")) {
            return (planted ? account : Told.ok(ACCOUNT)).as("loyalty/2");
        }
        if (asked.target().startsWith("/customers/")) {
            return planted ? context : Told.ok(CONTEXT);
        }
        if (asked.target().contains("&after=")) {
            return secondPage;
        }
        return planted ? list : Told.ok(LIST);
    }

    @Test
    void what_agrees_makes_no_difference() {
        Proof proof = proved();
        assertThat(proof.differences()).isEmpty();
        assertThat(proof.holdings())
                .extracting(Holding::customer, Holding::points, Holding::tier)
                .containsExactly(tuple(AGREEING, 27L, "BASE"), tuple(DIFFERING, 27L, "BASE"));
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
                    "20.00"          | "20.01"          | purchases {GBP=2 of 32.51}, cancellations {GBP=1 of -5.00}
                    "-5.00"          | "-4.99"          | purchases {GBP=2 of 32.50}, cancellations {GBP=1 of -4.99}
                    "type": "NOTE"   | "type": "PURCHASE", "amount": {"amount": "0.00", "currency": "GBP"} | purchases {GBP=3 of 32.50}, cancellations {GBP=1 of -5.00}
                    CANCELLATION     | RETURN           | purchases {GBP=2 of 32.50}, cancellations {}
                    "-5.00", "currency": "GBP" | "-5.00", "currency": "EUR" | purchases {GBP=2 of 32.50}, cancellations {EUR=1 of -5.00}
                    """)
    void a_list_that_holds_something_else_is_told(String from, String to, String held) {
        list = Told.ok(LIST.replace(from, to));
        assertDiffering("interaction-service: " + held + " instead of " + IN_FILE);
    }

    @Test
    void rows_on_later_pages_count_too() {
        list = Told.ok(LIST.replace("null", "\"b c\""));
        secondPage =
                Told.ok(
                        """
                        {"items": [{"type": "PURCHASE", "amount": {"amount": "1.00", "currency": "GBP"}}],
                         "next": null}""");
        assertDiffering(
                "interaction-service: purchases {GBP=3 of 33.50}, cancellations {GBP=1 of -5.00} instead of "
                        + IN_FILE);
        assertThat(services.asked())
                .extracting(Asked::target)
                .contains("/interactions?customer=online-retail:17850&limit=100&after=b%20c");
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
                    "count": 2       | "count": 3       | purchases {GBP=3 of 32.50}, cancellations {GBP=1 of -5.00}
                    "sum": "32.50"   | "sum": "32.49"   | purchases {GBP=2 of 32.49}, cancellations {GBP=1 of -5.00}
                    "count": 1       | "count": 0       | purchases {GBP=2 of 32.50}, cancellations {}
                    "sum": "-5.00"   | "sum": "-10.00"  | purchases {GBP=2 of 32.50}, cancellations {GBP=1 of -10.00}
                    cancellations    | refunds          | purchases {GBP=2 of 32.50}, cancellations {}
                    """)
    void a_context_with_other_figures_is_told(String from, String to, String held) {
        context = Told.ok(CONTEXT.replace(from, to));
        assertDiffering("context: " + held + " instead of " + IN_FILE);
    }

    @ParameterizedTest
    @CsvSource({"26", "28", "0"})
    void other_points_in_the_ledger_are_told(String balance) {
        account = Told.ok(ACCOUNT.replace("27", balance));
        assertDiffering("points in loyalty-service: " + balance + " instead of 27");
    }

    @ParameterizedTest
    @CsvSource({"26", "28", "0"})
    void other_points_in_the_context_are_told(String balance) {
        context = Told.ok(CONTEXT.replace("27", balance));
        assertDiffering("points in the context: " + balance + " instead of 27");
    }

    @Test
    void all_differences_of_a_customer_are_told_together() {
        list = Told.ok("{\"items\": [], \"next\": null}");
        context = Told.ok("{}");
        account = Told.ok("{}");
        String nothing = "purchases {}, cancellations {} instead of " + IN_FILE;
        assertDiffering(
                "interaction-service: "
                        + nothing
                        + "; context: "
                        + nothing
                        + "; points in loyalty-service: 0 instead of 27"
                        + "; points in the context: 0 instead of 27");
    }

    @Test
    void what_cannot_be_read_is_a_difference() {
        account = new Told(404, "", "{\"code\": \"unknown-customer\"}");
        assertDiffering("loyalty-service answered 404: {\"code\": \"unknown-customer\"}");
        account = Told.ok("<html>");
        assertDiffering("an answer that is no JSON: <html>");
    }

    @Test
    void each_read_asks_for_a_state_that_has_seen_the_last_row_and_its_points() {
        proved();
        assertThat(services.asked())
                .filteredOn(asked -> asked.target().contains(DIFFERING))
                .extracting(asked -> asked.target() + " " + asked.atLeast())
                .containsExactlyInAnyOrder(
                        "/loyalty/accounts/online-retail:17850 interactions/17850",
                        "/customers/online-retail:17850/context interactions/17850,loyalty/2",
                        "/interactions?customer=online-retail:17850&limit=100 interactions/17850");
    }

    private void assertDiffering(String difference) {
        assertThat(proved().differences()).isEqualTo(Map.of(DIFFERING, difference));
    }

    private Proof proved() {
        Proof proof =
                new Proof(
                        new SuiteClient(ports, "a-token", Duration.ofSeconds(10)),
                        LoadOptions.USUAL,
                        Map.of(AGREEING, "interactions/13047", DIFFERING, "interactions/17850"));
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        proof.run(expectations(), new Progress(nowhere, false, "Proof", 2));
        return proof;
    }

    private static Map<String, Expectation> expectations() {
        return Expectation.of(
                List.of(
                        invoice(2, AGREEING, "12.50"),
                        invoice(3, DIFFERING, "12.50"),
                        invoice(4, AGREEING, "20.00"),
                        invoice(5, DIFFERING, "20.00"),
                        invoice(6, AGREEING, "-5.00"),
                        invoice(7, DIFFERING, "-5.00")));
    }

    private static Invoice invoice(long line, String customer, String amount) {
        BigDecimal sum = new BigDecimal(amount);
        return new Invoice(
                line,
                Long.toString(line),
                customer,
                "France",
                LocalDateTime.of(2011, 1, 1, 0, 0),
                sum,
                sum.signum() < 0 ? Invoice.Kind.CANCELLATION : Invoice.Kind.PURCHASE);
    }
}
