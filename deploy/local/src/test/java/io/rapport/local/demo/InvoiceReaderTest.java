package io.rapport.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rapport.local.stack.CannotGoOn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvoiceReaderTest {
    private static final String GOOD =
            "536365,2010-12-01T08:26:00,17850,United Kingdom,7,139.12,PURCHASE";

    @Test
    void a_row_becomes_an_invoice() throws IOException {
        assertThat(read(GOOD).invoices())
                .containsExactly(
                        new Invoice(
                                2,
                                "536365",
                                "17850",
                                "United Kingdom",
                                LocalDateTime.of(2010, 12, 1, 8, 26),
                                new BigDecimal("139.12"),
                                Invoice.Kind.PURCHASE));
    }

    @Test
    void rows_without_a_customer_and_adjustments_are_counted_and_skipped() throws IOException {
        InvoiceFile file =
                read(
                        "536414,2010-12-01T11:52:00,,United Kingdom,1,0.00,PURCHASE",
                        "C536415,2010-12-01T11:52:00,,United Kingdom,1,-3.00,CANCELLATION",
                        "A563185,2011-08-12T14:50:00,,United Kingdom,1,11062.06,ADJUSTMENT",
                        GOOD);
        assertThat(file.invoices()).hasSize(1);
        assertThat(file.withoutCustomer()).isEqualTo(2);
        assertThat(file.adjustments()).isEqualTo(1);
        assertThat(file.badLines()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    536365,2010-12-01T08:26:00,17850                                    | has 3 fields
                    536365,01/12/2010 08:26,17850,United Kingdom,7,139.12,PURCHASE      | is no time
                    536365,0001-12-01T08:26:00,17850,United Kingdom,7,139.12,PURCHASE   | the year 1 is not plausible
                    536365,9999-12-01T08:26:00,17850,United Kingdom,7,139.12,PURCHASE   | the year 9999 is not plausible
                    536365,2010-12-01T08:26:00,17850,United Kingdom,7,many,PURCHASE     | is no amount
                    536365,2010-12-01T08:26:00,17850,United Kingdom,7,1.234,PURCHASE    | more than two decimals
                    536365,2010-12-01T08:26:00,17850,United Kingdom,7,1e12,PURCHASE     | a trillion or more
                    536365,2010-12-01T08:26:00,17850,United Kingdom,7,-1.00,PURCHASE    | a purchase of a negative amount
                    536365,2010-12-01T08:26:00,17850,United Kingdom,7,1.00,CANCELLATION | a cancellation of a positive amount
                    536365,2010-12-01T08:26:00,17850,United Kingdom,7,1.00,GIFT         | unknown kind 'GIFT'
                    ' ,2010-12-01T08:26:00,17850,United Kingdom,7,1.00,PURCHASE'        | no invoice number
                    """)
    void a_malformed_line_is_reported_with_its_number_and_the_rest_goes_on(
            String line, String reason) throws IOException {
        InvoiceFile file = read(GOOD, line, GOOD);
        assertThat(file.invoices()).hasSize(2);
        assertThat(file.badLines())
                .singleElement()
                .satisfies(
                        bad -> {
                            assertThat(bad.line()).isEqualTo(3);
                            assertThat(bad.reason()).contains(reason);
                        });
    }

    @Test
    void an_open_quote_costs_only_its_own_line() throws IOException {
        InvoiceFile file =
                read("\"536365,2010-12-01T08:26:00,17850,United Kingdom,7,139.12,PURCHASE", GOOD);
        assertThat(file.invoices()).hasSize(1);
        assertThat(file.badLines()).singleElement().extracting(BadLine::line).isEqualTo(2L);
    }

    @Test
    void quoted_fields_and_blank_lines_are_read() throws IOException {
        InvoiceFile file =
                read(
                        "",
                        "536365,2010-12-01T08:26:00,17850,\"Korea, Republic of\",7,139.12,PURCHASE",
                        "");
        assertThat(file.invoices())
                .singleElement()
                .extracting(Invoice::country)
                .isEqualTo("Korea, Republic of");
        assertThat(file.badLines()).isEmpty();
    }

    @Test
    void another_header_is_refused() {
        byte[] other = "id,when,who\n1,2,3\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(
                        () -> new InvoiceReader("other.csv").read(new ByteArrayInputStream(other)))
                .isInstanceOf(CannotGoOn.class)
                .hasMessageContaining("other.csv does not begin with the header");
    }

    @Test
    void a_packed_file_that_breaks_off_gives_what_came_before(@TempDir Path folder)
            throws IOException {
        List<Invoice> whole = InvoiceFile.bundled().invoices();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed);
                InputStream extract = InvoiceFile.class.getResourceAsStream(InvoiceFile.BUNDLED)) {
            gzip.write(Objects.requireNonNull(extract).readAllBytes());
        }
        Path file = folder.resolve("cut.csv.gz");
        Files.write(file, Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
        InvoiceFile read = InvoiceFile.read(file);
        assertThat(read.invoices()).hasSizeGreaterThan(500).hasSizeLessThan(whole.size());
        assertThat(read.invoices()).isEqualTo(whole.subList(0, read.invoices().size()));
        assertThat(read.badLines())
                .singleElement()
                .extracting(BadLine::reason)
                .asString()
                .contains("broken");
    }

    @Test
    void the_bundled_extract_holds_what_real_input_is_like() {
        InvoiceFile file = InvoiceFile.bundled();
        List<Invoice> invoices = file.invoices();
        assertThat(invoices).hasSizeBetween(1800, 2000);
        assertThat(file.badLines()).isEmpty();
        assertThat(file.withoutCustomer()).isEqualTo(150);
        assertThat(file.adjustments()).isEqualTo(3);
        assertThat(file.lastDay()).contains(LocalDate.of(2011, 12, 9));
        assertThat(invoices).anyMatch(invoice -> invoice.amount().signum() == 0);
        assertThat(invoices).anyMatch(invoice -> invoice.kind() == Invoice.Kind.CANCELLATION);
        assertThat(Expectation.of(invoices).values())
                .as("customers with cancellations only")
                .anyMatch(expected -> expected.figures().purchases().isEmpty());
    }

    private static InvoiceFile read(String... lines) throws IOException {
        byte[] bytes = text(lines).getBytes(StandardCharsets.UTF_8);
        return new InvoiceReader("test").read(new ByteArrayInputStream(bytes));
    }

    private static String text(String... lines) {
        return InvoiceReader.HEADER + "\n" + String.join("\n", lines) + "\n";
    }
}
