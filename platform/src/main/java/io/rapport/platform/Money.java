package io.rapport.platform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.rapport.platform.Refusal.FieldError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An amount in one currency of ISO 4217, always with the decimals of that currency, so that equal
 * amounts are equal records. At most 15 digits before the point. Written as {@code {"amount":
 * "12.50", "currency": "GBP"}}: the amount is text, because JSON numbers lose decimals on the way.
 */
@Schema(
        description = "An amount in one currency.",
        requiredProperties = {"amount", "currency"})
public record Money(
        @JsonFormat(shape = JsonFormat.Shape.STRING)
                @Schema(
                        implementation = String.class,
                        description =
                                "A decimal number as text, with no more decimals than the currency has.",
                        pattern = "^-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,4})?$",
                        examples = "12.50")
                BigDecimal amount,
        @Schema(description = "ISO 4217 code.", pattern = "^[A-Z]{3}$", examples = "GBP")
                String currency) {

    private static final int MAX_INTEGER_DIGITS = 15;
    private static final Pattern PLAIN_DECIMAL =
            Pattern.compile("-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,4})?");

    /** Decimals by currency; test codes and metals have none of their own and are no money here. */
    private static final Map<String, Integer> DECIMALS =
            Currency.getAvailableCurrencies().stream()
                    .filter(currency -> currency.getDefaultFractionDigits() >= 0)
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    Currency::getCurrencyCode,
                                    Currency::getDefaultFractionDigits,
                                    (a, b) -> a));

    public Money {
        amount = inDecimalsOf(currency, amount);
    }

    /** Reads what the JSON says; a refusal names the member that is wrong. */
    @JsonCreator
    public static Money parse(
            @JsonProperty("amount") @Nullable String amount,
            @JsonProperty("currency") @Nullable String currency) {
        if (amount == null || !PLAIN_DECIMAL.matcher(amount).matches()) {
            throw wrong(
                    "/amount",
                    "must be a decimal number as text, such as \"12.50\", with at most 15 digits before the point");
        }
        Integer decimals = currency == null ? null : DECIMALS.get(currency);
        if (currency == null || decimals == null) {
            throw wrong("/currency", "must be the ISO 4217 code of a currency, such as \"GBP\"");
        }
        BigDecimal parsed = new BigDecimal(amount);
        if (parsed.scale() > decimals) {
            throw tooManyDecimals(currency, decimals);
        }
        return new Money(parsed, currency);
    }

    private static BigDecimal inDecimalsOf(String currency, BigDecimal amount) {
        Integer decimals = DECIMALS.get(currency);
        if (decimals == null) {
            throw wrong("/currency", "must be the ISO 4217 code of a currency, such as \"GBP\"");
        }
        if (amount.precision() - amount.scale() > MAX_INTEGER_DIGITS) {
            throw wrong("/amount", "must have at most 15 digits before the point");
        }
        if (amount.stripTrailingZeros().scale() > decimals) {
            throw tooManyDecimals(currency, decimals);
        }
        return amount.setScale(decimals, RoundingMode.UNNECESSARY);
    }

    private static Refusal tooManyDecimals(String currency, int decimals) {
        return wrong("/amount", "must have at most " + decimals + " decimals in " + currency);
    }

    private static Refusal wrong(String pointer, String reason) {
        return Refusal.invalid(
                "invalid-money", "This is no amount of money.", new FieldError(pointer, reason));
    }
}
