package io.rapport.bench.importing;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.SplittableRandom;

/**
 * Customers as rows of CSV, each with an identity, a profile, an e-mail address and a phone. They
 * are alike as the people of a country are: 3,000 given and 150,000 family names, frequent ones
 * first, and a birthday of eighty years. Their phone numbers are counted from {@code firstPhone}.
 * The same file each time.
 */
record CustomerFile(String source, int customers, int firstPhone) {
    private static final int ROWS_OF_A_PART = 20_000;

    private static final String[] SYLLABLES =
            ("an ber cor dal el fin gar har is jan kel lor mar nel ol per quin ros sal tor ul ver wil xan yor zan bri"
                            + " cha don fre gre hol kar lin mor nor ram ste tho wel")
                    .split(" ");
    private static final int GIVEN_NAMES = 3_000;
    private static final int FAMILY_NAMES = 150_000;
    private static final LocalDate OLDEST = LocalDate.of(1930, 1, 1);
    private static final int DAYS = 80 * 365;

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
            SplittableRandom random = new SplittableRandom(source.hashCode() + i);
            rows.append("c%06d,".formatted(i))
                    .append(name(random, GIVEN_NAMES))
                    .append(',')
                    .append(name(random, FAMILY_NAMES))
                    .append(",en-GB,Europe/London,GB,")
                    .append(OLDEST.plusDays(random.nextInt(DAYS)))
                    .append(",vip;t%d,".formatted(i % 50))
                    .append("c%d@%s.example.org,".formatted(i, source))
                    .append("+4420%08d\n".formatted(70_000_000 + firstPhone + i));
        }
        return rows.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** One of so many, the likelier the lower its rank. */
    private static String name(SplittableRandom random, int names) {
        int rank = (int) (names * Math.pow(random.nextDouble(), 2.5));
        StringBuilder name = new StringBuilder();
        for (int rest = rank; name.length() < 4 || rest > 0; rest /= SYLLABLES.length) {
            name.append(SYLLABLES[rest % SYLLABLES.length]);
        }
        name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
        return name.toString();
    }
}
