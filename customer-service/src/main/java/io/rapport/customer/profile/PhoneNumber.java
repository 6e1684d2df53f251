package io.rapport.customer.profile;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;

/**
 * Phone numbers as E.164, as in +442079460958. Only the international form is taken: a national one
 * would mean another number when the customer's country is wrong. An extension is refused rather
 * than lost, for E.164 has none.
 */
public final class PhoneNumber {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final String NO_REGION = "ZZ";
    // The plus sign and fifteen digits; some plans of numbers say that they have longer ones.
    private static final int MOST = 16;

    private PhoneNumber() {}

    static Optional<String> normalised(String text) {
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

    /** The digits of an E.164 number that are dialled within its country. */
    public static Optional<String> national(String e164) {
        try {
            return Optional.of(
                    NUMBERS.getNationalSignificantNumber(NUMBERS.parse(e164, NO_REGION)));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
