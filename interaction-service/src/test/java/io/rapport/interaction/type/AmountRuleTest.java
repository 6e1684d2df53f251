package io.rapport.interaction.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rapport.platform.Money;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AmountRuleTest {

    @ParameterizedTest
    @CsvSource({
        "NOT_NEGATIVE, 12.50, true",
        "NOT_NEGATIVE, 0.00,  true",
        "NOT_NEGATIVE, -0.01, false",
        "NOT_NEGATIVE, ,      false",
        "NOT_POSITIVE, -9.99, true",
        "NOT_POSITIVE, 0.00,  true",
        "NOT_POSITIVE, 0.01,  false",
        "NOT_POSITIVE, ,      false",
        "NONE,         ,      true",
        "NONE,         0.00,  false",
    })
    void an_amount_suits_its_type_or_not(AmountRule rule, BigDecimal amount, boolean suits) {
        Money money = amount == null ? null : new Money(amount, "GBP");
        assertThat(rule.objectionTo(money).isEmpty()).isEqualTo(suits);
    }

    @ParameterizedTest
    @EnumSource
    void a_rule_is_found_again_by_the_sign_that_the_database_keeps(AmountRule rule) {
        assertThat(AmountRule.ofSign(rule.sign())).isEqualTo(rule);
    }

    @Test
    void there_are_no_other_signs() {
        assertThatThrownBy(() -> AmountRule.ofSign(2)).isInstanceOf(IllegalArgumentException.class);
    }
}
