package io.rapport.bench.importing;

import java.nio.charset.StandardCharsets;

/** Customers as rows of CSV, each with an identity, a profile, an e-mail address and a phone. */
record CustomerFile(String source, int customers) {
    private static final int ROWS_OF_A_PART = 20_000;

    int parts() {
        return 1 + (customers + ROWS_OF_A_PART - 1) / ROWS_OF_A_PART;
    }

    /** Counted from 1; the first one is the header. */
    byte[] part(int number) {
        if (number == 1) {
            return "identity:%s,givenName,familyName,language,timeZone,country,birthday,tags,email,phone\n"
                    .formatted(source)
                    .getBytes(StandardCharsets.UTF_8);
        }
        StringBuilder rows = new StringBuilder(120 * ROWS_OF_A_PART);
        int from = (number - 2) * ROWS_OF_A_PART;
        for (int i = from; i < Math.min(customers, from + ROWS_OF_A_PART); i++) {
            rows.append("c%06d,Given %d,Family %d,en-GB,Europe/London,GB,".formatted(i, i, i))
                    .append("19%02d-0%d-1%d,".formatted(i % 100, 1 + i % 9, i % 10))
                    .append("vip;t%d,".formatted(i % 50))
                    .append("c%d@%s.example.org,+4420%08d\n".formatted(i, source, 79_000_000 + i));
        }
        return rows.toString().getBytes(StandardCharsets.UTF_8);
    }
}
