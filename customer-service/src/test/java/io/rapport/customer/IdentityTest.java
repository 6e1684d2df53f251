package io.rapport.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rapport.platform.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {

    @ParameterizedTest
    @CsvSource({"shop, 17850", "loyalty-card, 6342-0001-77", "crm.v2, A/1:x", "shop, 顧客-7"})
    void takes_the_names_that_sources_have(String source, String externalId) {
        assertThat(Identity.presented(source, externalId))
                .isEqualTo(new Identity(source, externalId));
    }

    @ParameterizedTest
    @CsvSource({
        "login, iss|sub, source-is-reserved",
        "Shop, 1, invalid-source",
        "'', 1, invalid-source",
        "shop, '', invalid-external-id",
        "shop, a b, invalid-external-id",
        "shop, ada@example.org, external-id-is-contact-data",
        "shop, +442079460958, external-id-is-contact-data",
    })
    void refuses_what_is_reserved_malformed_or_contact_data(
            String source, String externalId, String code) {
        assertThatThrownBy(() -> Identity.presented(source, externalId))
                .isInstanceOfSatisfying(Refusal.class, no -> assertThat(no.code()).isEqualTo(code));
    }

    @Test
    void refuses_a_zero_byte() {
        assertThatThrownBy(() -> Identity.presented("shop", "1\0")).isInstanceOf(Refusal.class);
    }
}
