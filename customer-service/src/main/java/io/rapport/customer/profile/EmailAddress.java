package io.rapport.customer.profile;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * E-mail addresses in one form: lower case throughout, for no provider tells addresses apart by
 * case; Unicode composed; the domain as DNS has it (punycode). At most 254 characters, without
 * quotes and comments.
 */
final class EmailAddress {

    private static final int MOST = 254;
    private static final Pattern LOCAL =
            Pattern.compile(
                    "(?!\\.)(?!.*\\.\\.)[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}(?<!\\.)");
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

    private EmailAddress() {}

    static Optional<String> normalised(String text) {
        if (text.length() > MOST) {
            return Optional.empty();
        }
        String lower =
                Normalizer.normalize(text.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        int at = lower.lastIndexOf('@');
        if (at < 0 || !LOCAL.matcher(lower.substring(0, at)).matches()) {
            return Optional.empty();
        }
        return domain(lower.substring(at + 1))
                .map(domain -> lower.substring(0, at + 1) + domain)
                .filter(address -> address.length() <= MOST);
    }

    private static Optional<String> domain(String text) {
        try {
            return Optional.of(IDN.toASCII(text).toLowerCase(Locale.ROOT))
                    .filter(domain -> DOMAIN.matcher(domain).matches());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
