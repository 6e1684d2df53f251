package io.rapport.interaction.fact;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The database refuses of facts what the domain refuses, and keeps them as they are. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class FactConstraintsTest {

    private final Databases owner = Databases.asOwner();
    private final UUID customer = UUID.randomUUID();
    private final UUID interaction = UUID.randomUUID();
    private final UUID fact = UUID.randomUUID();

    @BeforeEach
    void tell_something() throws SQLException {
        owner.execute(
                """
                INSERT INTO interaction (customer_id, id, occurred_at, recorded_at, type, amount_sign, channel,
                                         direction, source, source_id)
                VALUES (?, ?, now(), now(), 'CALL', 0, 'PHONE', 'INBOUND', 'shop', 'x')""",
                customer,
                interaction);
        owner.execute(
                "INSERT INTO fact (customer_id, id, interaction_id, key, told_at, recorded_at) VALUES (?, ?, ?, 'size', now(), now())",
                customer,
                fact,
                interaction);
        owner.execute(
                """
                INSERT INTO fact_version (customer_id, fact_id, version, learnt, declined, valid_until, recorded_at, teller)
                VALUES (?, ?, 1, 'STATED', false, now(), now(), 'STAFF')""",
                customer,
                fact);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "fact (customer_id, id, interaction_id, key, told_at, recorded_at) VALUES (:c, gen_random_uuid(), :i, 'size', now(), now()) | fact_is_told_once_in_an_interaction",
                "fact (customer_id, id, interaction_id, key, told_at, recorded_at) VALUES (:c, gen_random_uuid(), :i, 'A size', now(), now()) | fact_key_is_a_slug",
                "fact (customer_id, id, interaction_id, key, told_at, recorded_at) VALUES (gen_random_uuid(), gen_random_uuid(), :i, 'size', now(), now()) | fact_was_told_in_an_interaction",
                "fact_version SELECT customer_id, fact_id, 1, learnt, declined, valid_until, recorded_at, teller FROM fact_version WHERE fact_id = :f | fact_version_is_told_once",
                "fact_version SELECT customer_id, fact_id, 12, learnt, declined, valid_until, recorded_at, teller FROM fact_version WHERE fact_id = :f | fact_is_corrected_10_times_at_most",
                "fact_version SELECT customer_id, fact_id, 2, 'GUESSED', declined, valid_until, recorded_at, teller FROM fact_version WHERE fact_id = :f | fact_version_learnt_is_known",
                "fact_version SELECT customer_id, fact_id, 2, 'INFERRED', true, valid_until, recorded_at, teller FROM fact_version WHERE fact_id = :f | fact_version_is_declined_by_the_customer",
                "fact_version SELECT customer_id, fact_id, 2, learnt, declined, valid_until, recorded_at, 'NOBODY' FROM fact_version WHERE fact_id = :f | fact_version_teller_is_known",
                "fact_version SELECT customer_id, gen_random_uuid(), 1, learnt, declined, valid_until, recorded_at, teller FROM fact_version WHERE fact_id = :f | fact_version_belongs_to_a_fact",
                "fact_version_text (customer_id, fact_id, version, value, actor) VALUES (:c, :f, 1, repeat('x', 1001), 'a') | fact_version_text_value_is_bounded",
                "fact_version_text (customer_id, fact_id, version, reason, actor) VALUES (:c, :f, 1, repeat('x', 501), 'a') | fact_version_text_reason_is_bounded",
                "fact_version_text (customer_id, fact_id, version, value, actor) VALUES (:c, :f, 2, 'x', 'a') | fact_version_text_belongs_to_a_version",
                "fact_forgotten VALUES (:c, gen_random_uuid(), now(), 'STAFF') | fact_forgotten_belongs_to_a_fact",
                "fact_forgotten VALUES (:c, :f, now(), 'PARTNER') | fact_forgotten_teller_is_known",
                "fact_occasion VALUES (:c, gen_random_uuid(), 'size', false) | fact_occasion_belongs_to_an_interaction",
                "fact_occasion VALUES (:c, :i, 'A size', false) | fact_occasion_key_is_a_slug",
                "fact_key (code, label, topic, kind, validity) VALUES ('A key', 'L', 't', 'NEED', 'P1Y') | fact_key_code_is_a_slug",
                "fact_key (code, label, topic, kind, validity) VALUES ('a-key', ' ', 't', 'NEED', 'P1Y') | fact_key_label_is_not_blank",
                "fact_key (code, label, topic, kind, validity) VALUES ('a-key', 'L', 'T', 'NEED', 'P1Y') | fact_key_topic_is_a_slug",
                "fact_key (code, label, topic, kind, validity) VALUES ('a-key', 'L', 't', 'WISH', 'P1Y') | fact_key_kind_is_known",
                "fact_key (code, label, topic, kind, validity) VALUES ('a-key', 'L', 't', 'NEED', 'P') | fact_key_validity_is_a_period",
            })
    void each_rule_has_its_constraint(String row, String constraint) {
        String insert =
                "INSERT INTO "
                        + row.replace(":c", "'%s'".formatted(customer))
                                .replace(":i", "'%s'".formatted(interaction))
                                .replace(":f", "'%s'".formatted(fact));

        assertThatThrownBy(() -> owner.execute(insert)).hasMessageContaining(constraint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE fact SET key = 'size'",
                "DELETE FROM fact",
                "UPDATE fact_version SET learnt = 'STATED'",
                "DELETE FROM fact_version",
                "UPDATE fact_version_text SET value = 'x'",
                "UPDATE fact_forgotten SET forgotten_at = now()",
                "DELETE FROM fact_forgotten",
                "UPDATE fact_occasion SET repeated = false",
                "DELETE FROM fact_occasion",
                "UPDATE fact_key SET code = 'x'",
            })
    void the_service_may_not_change_what_was_told(String statement) {
        assertThatThrownBy(() -> Databases.asApplication().execute(statement))
                .hasMessageContaining("permission denied");
    }
}
