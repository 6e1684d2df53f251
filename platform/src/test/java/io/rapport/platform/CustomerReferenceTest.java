package io.rapport.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerReferenceTest {

    @Test
    void a_uuid_names_a_customer_by_id() {
        UUID id = UUID.randomUUID();
        assertThat(CustomerReference.parse(id.toString()).id()).contains(id);
        assertThat(CustomerReference.parse(id.toString()))
                .isEqualTo(CustomerReference.parse(id.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "shop:17850,shop,17850",
        "shop:a:b,shop,a:b",
        "pos.nl-2:Ωmega,pos.nl-2,Ωmega",
        "w:2024-01-31,w,2024-01-31"
    })
    void source_and_external_id_are_parted_at_the_first_colon(
            String text, String source, String externalId) {
        CustomerReference reference = CustomerReference.parse(text);
        assertThat(reference.id()).isEmpty();
        assertThat(reference.source()).isEqualTo(source);
        assertThat(reference.externalId()).isEqualTo(externalId);
        assertThat(reference).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "17850", ":1", "1-1-1-1-1", "{}", "urn"})
    void what_is_neither_is_refused(String text) {
        assertRefused(text, "invalid-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop:1", "sh op:1", "-x:1", "ü:1"})
    void a_source_has_a_narrow_alphabet(String text) {
        assertRefused(text, "invalid-source");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop:", "shop:a b", "shop:a\u0000b", "shop:a\nb"})
    void an_external_id_has_no_blanks_or_control_characters(String text) {
        assertRefused(text, "invalid-external-id");
    }

    @Test
    void an_external_id_is_bounded() {
        assertThat(CustomerReference.parse("shop:" + "x".repeat(128)).externalId()).hasSize(128);
        assertRefused("shop:" + "x".repeat(129), "invalid-external-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop:ann@example.org", "shop:+447700900123", "shop:0044-7700-900123"})
    void contact_data_is_no_external_id(String text) {
        assertRefused(text, "external-id-is-contact-data");
    }

    @Test
    void a_login_is_no_name_that_a_caller_may_give() {
        assertRefused("login:abc", "source-is-reserved");
        assertRefused(
                CustomerReference.login("issuer", "subject").toString(), "source-is-reserved");
    }

    @Test
    void a_login_is_named_by_a_hash_of_issuer_and_subject() {
        CustomerReference login = CustomerReference.login("https://a.example", "7");

        assertThat(login.source()).isEqualTo("login");
        assertThat(login.externalId()).matches("[0-9a-f]{64}");
        assertThat(login)
                .isEqualTo(CustomerReference.login("https://a.example", "7"))
                .isNotEqualTo(CustomerReference.login("https://a.example", "8"))
                .isNotEqualTo(CustomerReference.login("https://b.example", "7"))
                .isNotEqualTo(CustomerReference.login("https://a.example7", ""));
    }

    private static void assertRefused(String text, String code) {
        assertThatThrownBy(() -> CustomerReference.parse(text))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
                            assertThat(refusal.code()).startsWith(code);
                        });
    }
}
