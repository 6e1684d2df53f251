package io.rapport.interaction;

import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The database refuses what the domain refuses, should anything ever get past it, and keeps facts
 * as they are.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class InteractionConstraintsTest {

    private static final String INSERT =
            "INSERT INTO interaction (customer_id, id, occurred_at, recorded_at, type, amount_sign, channel, direction,"
                    + " touchpoint, amount, currency, source, source_id,"
                    + " employee, team, emotions, outcome, duration_ms, wait_ms)"
                    + " SELECT gen_random_uuid(), gen_random_uuid(), ";

    private static final String GOOD =
            "occurred_at=now(), recorded_at=now(), type='PURCHASE', amount_sign=1, channel='WEB', direction='INBOUND',"
                    + " touchpoint='checkout', amount=1, currency='GBP', source='shop', source_id='1',"
                    + " employee='emp-1', team='first-line', emotions='{\"JOY\":1}', outcome='SOLVED', duration_ms=0,"
                    + " wait_ms=0";

    @Test
    void a_good_one_goes_in() throws SQLException {
        assertThat(insert("source_id", "'1'")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "type        | 'a gift'                                | interaction_type_is_a_word",
                "amount_sign | -1                                      | interaction_amount_has_the_sign_of_its_type",
                "amount_sign | 0                                       | interaction_amount_has_the_sign_of_its_type",
                "amount_sign | 2                                       | interaction_amount_has_the_sign_of_its_type",
                "channel     | 'Web site'                              | interaction_channel_is_a_word",
                "direction   | 'SIDEWAYS'                              | interaction_direction_is_known",
                "touchpoint  | 'Check out'                             | interaction_touchpoint_is_a_slug",
                "amount      | -1                                      | interaction_amount_has_the_sign_of_its_type",
                "amount      | NULL                                    | interaction_amount_has_a_currency",
                "currency    | 'gbp'                                   | interaction_currency_is_three_letters",
                "currency    | NULL                                    | interaction_amount_has_a_currency",
                "occurred_at | TIMESTAMPTZ '1899-12-31T23:59:59Z'      | interaction_occurred_in_living_memory",
                "occurred_at | now() + interval '301 seconds'          | interaction_occurred_before_it_was_recorded",
                "source      | 'Shop'                                  | interaction_source_is_a_slug",
                "source_id   | ''                                      | interaction_source_id_is_bounded",
                "employee    | 'Ada Lovelace'                          | interaction_employee_is_a_slug",
                "team        | 'First line'                            | interaction_team_is_a_slug",
                "emotions    | '{\"ENVY\": 1}'                         | interaction_emotions_are_known",
                "emotions    | '{}'                                    | interaction_emotions_are_known",
                "emotions    | '[1]'                                   | interaction_emotions_are_known",
                "emotions    | '{\"JOY\": 0}'                          | interaction_emotions_are_of_1_to_100",
                "emotions    | '{\"JOY\": 101}'                        | interaction_emotions_are_of_1_to_100",
                "emotions    | '{\"JOY\": [1]}'                        | interaction_emotions_are_of_1_to_100",
                "emotions    | '{\"JOY\": 1.5}'                        | interaction_emotions_are_of_1_to_100",
                "outcome     | 'FINE'                                  | interaction_outcome_is_known",
                "duration_ms | -1                                      | interaction_duration_is_of_30_days_at_most",
                "duration_ms | 2592000001                              | interaction_duration_is_of_30_days_at_most",
                "wait_ms     | 31622400001                             | interaction_wait_is_of_366_days_at_most",
            })
    void each_rule_has_its_constraint(String column, String value, String constraint) {
        assertThatThrownBy(() -> insert(column, value)).hasMessageContaining(constraint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE interaction SET amount = 0",
                "UPDATE interaction SET source_id = NULL",
                "DELETE FROM interaction",
                "TRUNCATE interaction",
                "UPDATE interaction_claim SET interaction_id = gen_random_uuid()",
                "DELETE FROM interaction_claim",
                "UPDATE interaction_type SET code = 'GIFT'",
                "UPDATE channel SET code = 'PIGEON'",
                "UPDATE touchpoint SET code = 'loft'",
                "TRUNCATE channel",
                "ALTER TABLE interaction DROP CONSTRAINT interaction_type_is_a_word",
            })
    void the_service_itself_cannot_change_what_is_recorded(String statement) {
        assertThatThrownBy(() -> Databases.asApplication().execute(statement))
                .isInstanceOf(SQLException.class)
                .extracting(refused -> ((SQLException) refused).getSQLState())
                .isEqualTo("42501");
    }

    @Test
    void the_words_of_an_interaction_can_be_cleared_and_it_stays() throws SQLException {
        String id = post(with(purchase(newCustomer()), "text", "Two lanterns.")).path("id");

        int cleared =
                Databases.asApplication()
                        .execute(
                                "DELETE FROM interaction_text WHERE interaction_id = ?",
                                UUID.fromString(id));

        assertThat(cleared).isEqualTo(1);
        assertThat(InteractionsApi.get(id).jsonPath().getMap(""))
                .containsKey("amount")
                .doesNotContainKey("text");
    }

    /** Inserts a good row in which one column has the value. */
    private static int insert(String column, String value) throws SQLException {
        StringBuilder values = new StringBuilder();
        for (String assignment : GOOD.split(", ")) {
            String[] parts = assignment.split("=");
            values.append(values.isEmpty() ? "" : ", ")
                    .append(parts[0].equals(column) ? value : parts[1]);
        }
        return Databases.asApplication().execute(INSERT + values);
    }
}
