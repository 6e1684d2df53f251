package io.rapport.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rapport.customer.Identity;
import io.rapport.platform.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomerTest {

    private static final Instant THEN = Instant.parse("2026-11-20T09:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Profile ADA = profile("Ada");
    private static final Customer CUSTOMER =
            Customer.register(new UUID(1, 2), ADA, List.of(new Identity("shop", "17850")), THEN);

    @Test
    void begins_active_at_version_1() {
        assertThat(CUSTOMER.status()).isEqualTo(CustomerStatus.ACTIVE);
        assertThat(CUSTOMER.version()).isEqualTo(1);
        assertThat(CUSTOMER.updatedAt()).isEqualTo(CUSTOMER.createdAt()).isEqualTo(THEN);
    }

    @Test
    void a_change_makes_the_next_version_and_keeps_the_rest() {
        assertThat(CUSTOMER.change(CUSTOMER.with(profile("Grace")), NOW))
                .isEqualTo(
                        new Customer(
                                CUSTOMER.id(),
                                CustomerStatus.ACTIVE,
                                profile("Grace"),
                                List.of(),
                                List.of(),
                                CUSTOMER.identities(),
                                MergeState.ALONE,
                                2,
                                THEN,
                                NOW));
    }

    @Test
    void a_change_is_never_earlier_than_the_version_before() {
        Customer changed = CUSTOMER.change(CUSTOMER.with(profile("Grace")), THEN.minusSeconds(1));

        assertThat(changed.updatedAt()).isEqualTo(THEN);
    }

    @Test
    void a_change_to_the_same_is_no_change() {
        assertThat(CUSTOMER.change(CUSTOMER.with(profile("Ada")), NOW)).isSameAs(CUSTOMER);
    }

    @ParameterizedTest
    @CsvSource({"ERASED, GONE, customer-erased", "MERGED, CONFLICT, customer-merged"})
    void only_an_active_customer_changes(CustomerStatus status, Refusal.Kind kind, String code) {
        Customer customer =
                new Customer(
                        CUSTOMER.id(),
                        status,
                        ADA,
                        List.of(),
                        List.of(),
                        List.of(),
                        MergeState.ALONE,
                        3,
                        THEN,
                        THEN);

        assertThatThrownBy(() -> customer.change(customer.with(profile("Grace")), NOW))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        no -> {
                            assertThat(no.kind()).isEqualTo(kind);
                            assertThat(no.code()).isEqualTo(code);
                        });
    }

    private static Profile profile(String name) {
        return StoredJson.read(
                "{\"kind\": \"PERSON\", \"displayName\": \"%s\"}".formatted(name), Profile.class);
    }
}
