package io.rapport.customer.profile;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Phone numbers as E.164, as in +442079460958. Only the international form is taken: a national one
 * would mean another number when the customer's country is wrong. An extension is refused rather
 * than lost, for E.164 has none.
 */
public final class PhoneNumber {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final Set<String> CALLING_CODES =
            NUMBERS.getSupportedCallingCodes().stream()
                    .map(String::valueOf)
                    .collect(Collectors.toUnmodifiableSet());
    private static final String NO_REGION = "ZZ";
    // The plus sign and fifteen digits; some plans of numbers say that they have longer ones.
    private static final int MOST = 16;
    private static final int LONGEST_CALLING_CODE = 3;

    /** A contact point is checked, and then kept: what is asked for twice in a row is read once. */
    private static volatile Read last = new Read("", Optional.empty());

    private record Read(String text, Optional<String> e164) {}

    private PhoneNumber() {}

    static Optional<String> normalised(String text) {
        Read read = last;
        if (!read.text.equals(text)) {
            read = new Read(text, read(text));
            last = read;
        }
        return read.e164;
    }

    private static Optional<String> read(String text) {
        try {
            Phonenumber.PhoneNumber number = NUMBERS.parse(text, NO_REGION);
            return number.hasExtension() || !NUMBERS.isValidNumber(number)
                    ? Optional.empty()
                    : Optional.of(NUMBERS.format(number, PhoneNumberFormat.E164))
                            .filter(e164 -> e164.length() <= MOST);
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /**
     * The digits of an E.164 number that are dialled within its country: those after the calling
     * code, of which none is the beginning of another.
     */
    public static Optional<String> national(String e164) {
        for (int end = 2; end < e164.length() && end <= 1 + LONGEST_CALLING_CODE; end++) {
            if (CALLING_CODES.contains(e164.substring(1, end))) {
                return Optional.of(e164.substring(end));
            }
        }
        return Optional.empty();
    }
}
