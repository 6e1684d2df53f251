package io.rapport.bench.timeline;

import io.rapport.local.stack.CannotGoOn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who of a shop's customers bought when and how often, as the bundled extract of real invoices has
 * it: most of them once or twice, a few every other day. In the order of time; customers are
 * numbered from 0.
 */
record Invoices(int customers, List<Invoice> all) {
    private static final String EXTRACT = "/demo/online-retail-extract.csv";
    private static final int CUSTOMER = 2;
    private static final int AMOUNT = 5;
    private static final int KIND = 6;

    /** A purchase, or a cancellation with an amount of 0 or less. */
    record Invoice(int customer, String amount, String kind) {}

    static Invoices bundled() {
        try (InputStream content = Invoices.class.getResourceAsStream(EXTRACT)) {
            if (content == null) {
                throw new CannotGoOn(EXTRACT + " is not there.");
            }
            return read(
                    new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8))
                            .lines()
                            .toList());
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot read " + EXTRACT, e);
        }
    }

    /** Lines of CSV, the first of which is the header; what is neither of the two kinds is left. */
    static Invoices read(List<String> lines) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        List<Invoice> all = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            if (fields[KIND].equals("PURCHASE") || fields[KIND].equals("CANCELLATION")) {
                int customer = numbers.computeIfAbsent(fields[CUSTOMER], any -> numbers.size());
                all.add(new Invoice(customer, fields[AMOUNT], fields[KIND]));
            }
        }
        return new Invoices(numbers.size(), List.copyOf(all));
    }
}
