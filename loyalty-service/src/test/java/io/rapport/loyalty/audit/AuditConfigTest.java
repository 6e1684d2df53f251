package io.rapport.loyalty.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An audit of pages without rows would prove nothing and look as if it had. */
class AuditConfigTest {

    @ParameterizedTest
    @CsvSource({
        "accounts-per-page,    0",
        "accounts-per-page,    -1",
        "entries-per-page,     0",
        "differences-reported, 0",
    })
    void a_limit_below_1_is_refused(String limit, String value) {
        assertThatThrownBy(() -> config(Map.of("rapport.loyalty.audit." + limit, value)))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining(limit);
    }

    @Test
    void a_page_of_one_row_is_a_page() {
        assertThat(config(Map.of()).accountsPerPage()).isEqualTo(1);
    }

    private static AuditConfig config(Map<String, String> changes) {
        Map<String, String> values = new HashMap<>();
        for (String limit :
                new String[] {"accounts-per-page", "entries-per-page", "differences-reported"}) {
            values.put("rapport.loyalty.audit." + limit, "1");
        }
        values.putAll(changes);
        return new SmallRyeConfigBuilder()
                .withMapping(AuditConfig.class)
                .withValidator(new BeanValidationConfigValidatorImpl())
                .withDefaultValues(values)
                .build()
                .getConfigMapping(AuditConfig.class);
    }
}
