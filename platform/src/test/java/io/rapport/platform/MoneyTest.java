package io.rapport.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "12.50, GBP, 12.50",
        "12.5, GBP, 12.50",
        "12, GBP, 12.00",
        "-0.01, EUR, -0.01",
        "0, EUR, 0.00",
        "-0, EUR, 0.00",
        "1200, JPY, 1200",
        "1.234, BHD, 1.234",
        "999999999999999.99, USD, 999999999999999.99"
    })
    void an_amount_takes_the_decimals_of_its_currency(String text, String currency, String kept) {
        assertThat(Money.parse(text, currency).amount()).isEqualTo(new BigDecimal(kept));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "12.505, GBP, /amount",
                "12.500, GBP, /amount",
                "1.5, JPY, /amount",
                "1000000000000000, GBP, /amount",
                "1e3, GBP, /amount",
                "+1, GBP, /amount",
                "01, GBP, /amount",
                ".5, GBP, /amount",
                "5., GBP, /amount",
                "' 5', GBP, /amount",
                "'', GBP, /amount",
                "NaN, GBP, /amount",
                "١, GBP, /amount",
                "null, GBP, /amount",
                "5, gbp, /currency",
                "5, XXX, /currency",
                "5, XAU, /currency",
                "5, £, /currency",
                "5, null, /currency"
            })
    void what_is_no_amount_is_refused_where_it_is_wrong(
            String text, String currency, String pointer) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> Money.parse(text, currency));

        assertThat(refusal.code()).isEqualTo("invalid-money");
        assertThat(refusal.errors())
                .extracting(Refusal.FieldError::pointer)
                .containsExactly(pointer);
    }

    @Test
    void equal_amounts_are_equal_whatever_their_scale() {
        assertThat(new Money(new BigDecimal("3.5"), "EUR"))
                .isEqualTo(new Money(new BigDecimal("3.5000"), "EUR"));
    }

    @Test
    void a_constructed_amount_that_would_lose_decimals_is_refused() {
        assertThat(
                        catchThrowableOfType(
                                Refusal.class, () -> new Money(new BigDecimal("0.001"), "EUR")))
                .isNotNull();
        assertThat(
                        catchThrowableOfType(
                                Refusal.class, () -> new Money(new BigDecimal("1E+15"), "EUR")))
                .isNotNull();
    }

    @Test
    void json_carries_the_amount_as_text() throws Exception {
        String text = "{\"amount\":\"12.50\",\"currency\":\"GBP\"}";

        assertThat(json.writeValueAsString(Money.parse("12.50", "GBP"))).isEqualTo(text);
        assertThat(json.readValue(text, Money.class)).isEqualTo(Money.parse("12.50", "GBP"));
    }
}
