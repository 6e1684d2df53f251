package io.rapport.local.demo;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The data set's country names as ISO 3166 codes. Its "Unspecified" and "European Community" are no
 * countries.
 */
final class Countries {
    private static final Map<String, String> CODES = codes();

    private Countries() {}

    static Optional<String> code(String name) {
        return Optional.ofNullable(CODES.get(name));
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        Arrays.stream(Locale.getISOCountries())
                .forEach(
                        code ->
                                codes.put(
                                        Locale.of("", code).getDisplayCountry(Locale.ENGLISH),
                                        code));
        codes.put("EIRE", "IE");
        codes.put("RSA", "ZA");
        codes.put("USA", "US");
        codes.put("Channel Islands", "JE");
        codes.put("Czech Republic", "CZ");
        codes.put("Hong Kong", "HK");
        return Map.copyOf(codes);
    }
}
