package io.rapport.local.demo;

import io.rapport.local.stack.CannotGoOn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file. Each line stands alone, so that a broken one, or an open quote in it, costs no
 * other.
 */
final class InvoiceReader {
    static final String HEADER = "invoice_no,occurred_at,customer_id,country,lines,amount_gbp,kind";
    private static final int LONGEST_LINE = 10_000;
    private static final int LONGEST_ID = 100;
    private static final BigDecimal AMOUNT_BOUND = new BigDecimal("1e12");

    private final String name;
    private final List<Invoice> invoices = new ArrayList<>();
    private final List<BadLine> badLines = new ArrayList<>();
    private long withoutCustomer;
    private long adjustments;

    InvoiceReader(String name) {
        this.name = name;
    }

    InvoiceFile read(InputStream content) throws IOException {
        TornStream stream = new TornStream(content);
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        String header = reader.readLine();
        if (header == null || !header.replace("\uFEFF", "").strip().equals(HEADER)) {
            throw new CannotGoOn(name + " does not begin with the header " + HEADER);
        }
        long number = 2;
        for (String line = reader.readLine(); line != null; number++) {
            String next = reader.readLine();
            if (next == null && stream.torn()) {
                badLines.add(new BadLine(number, "the packed file is broken from here on"));
            } else if (!line.isBlank()) {
                readLine(number, line);
            }
            line = next;
        }
        return new InvoiceFile(name, invoices, withoutCustomer, adjustments, badLines);
    }

    private void readLine(long number, String line) {
        try {
            Invoice invoice = parse(number, line);
            if (invoice != null) {
                invoices.add(invoice);
            }
        } catch (IllegalArgumentException
                | DateTimeException
                | IOException
                | UncheckedIOException e) {
            badLines.add(new BadLine(number, String.valueOf(e.getMessage())));
        }
    }

    private @Nullable Invoice parse(long number, String line) throws IOException {
        require(line.length() <= LONGEST_LINE, "longer than " + LONGEST_LINE + " characters");
        CSVRecord row;
        try (CSVParser parser = CSVParser.parse(new StringReader(line), CSVFormat.RFC4180)) {
            row = parser.iterator().next();
        }
        require(row.size() == 7, "has " + row.size() + " fields, not 7");
        String kind = row.get(6);
        if (kind.equals("ADJUSTMENT")) {
            adjustments++;
            return null;
        }
        require(
                kind.equals("PURCHASE") || kind.equals("CANCELLATION"),
                "unknown kind '" + kind + "'");
        if (row.get(2).isBlank()) {
            withoutCustomer++;
            return null;
        }
        Invoice invoice =
                new Invoice(
                        number,
                        id(row.get(0), "invoice number"),
                        id(row.get(2), "customer"),
                        row.get(3),
                        time(row.get(1)),
                        amount(row.get(5)),
                        Invoice.Kind.valueOf(kind));
        boolean purchase = invoice.kind() == Invoice.Kind.PURCHASE;
        require(!purchase || invoice.amount().signum() >= 0, "a purchase of a negative amount");
        require(purchase || invoice.amount().signum() <= 0, "a cancellation of a positive amount");
        return invoice;
    }

    private static String id(String text, String what) {
        require(!text.isBlank() && text.length() <= LONGEST_ID, "no " + what);
        require(
                text.chars().noneMatch(Character::isISOControl),
                "control characters in the " + what);
        return text;
    }

    private static LocalDateTime time(String text) {
        LocalDateTime time;
        try {
            time = LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time such as 2010-12-01T08:26:00", e);
        }
        require(
                time.getYear() >= 1970 && time.getYear() <= 2100,
                "the year " + time.getYear() + " is not plausible");
        return time;
    }

    private static BigDecimal amount(String text) {
        BigDecimal amount;
        try {
            amount = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no amount", e);
        }
        require(amount.abs().compareTo(AMOUNT_BOUND) < 0, "an amount of a trillion or more");
        require(amount.stripTrailingZeros().scale() <= 2, "an amount with more than two decimals");
        return amount.setScale(2);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
