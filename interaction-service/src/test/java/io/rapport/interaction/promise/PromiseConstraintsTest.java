package io.rapport.interaction.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The database refuses of promises what the domain refuses, and keeps them as they are. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class PromiseConstraintsTest {

    private final Databases owner = Databases.asOwner();
    private final UUID customer = UUID.randomUUID();
    private final UUID interaction = UUID.randomUUID();

    @BeforeEach
    void make_an_interaction() throws SQLException {
        owner.execute(
                """
                INSERT INTO interaction (customer_id, id, occurred_at, recorded_at, type, amount_sign, channel,
                                         direction, source, source_id)
                VALUES (?, ?, now(), now(), 'CALL', 0, 'PHONE', 'INBOUND', 'shop', 'x')""",
                customer,
                interaction);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "kind           | 'a gift'                          | promise_kind_is_a_word",
                "team           | 'Our Team'                        | promise_team_is_a_slug",
                "employee       | 'Jane Doe'                        | promise_employee_is_a_slug",
                "employee       | NULL                              | promise_is_made_by_an_employee_or_a_rule",
                "rule           | 'Ships soon'                      | promise_rule_is_a_slug",
                "due_at         | now()                             | promise_is_due_after_it_was_made",
                "due_at         | now() + interval '3661 days'      | promise_is_due_within_ten_years",
                "interaction_id | gen_random_uuid()                 | promise_was_made_in_an_interaction",
                "customer_id    | gen_random_uuid()                 | promise_was_made_in_an_interaction",
            })
    void each_rule_of_a_promise_has_its_constraint(String column, String value, String constraint) {
        assertThatThrownBy(() -> insert(column, value)).hasMessageContaining(constraint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'LOST', due_at, now(), now()                            | promise_outcome_is_known",
                "'KEPT', due_at, due_at, due_at                          | promise_is_kept_before_it_is_due",
                "'WITHDRAWN', due_at, due_at, due_at                     | promise_is_kept_before_it_is_due",
                "'BROKEN', due_at, due_at + interval '1 second', due_at + interval '1 second' | promise_is_broken_when_it_is_due",
                "'BROKEN', due_at, due_at, now()                         | promise_outcome_is_recorded_no_sooner",
            })
    void each_rule_of_an_outcome_has_its_constraint(String values, String constraint)
            throws SQLException {
        insert("kind", "'CALL_BACK'");

        assertThatThrownBy(() -> settle(values)).hasMessageContaining(constraint);
    }

    @Test
    void a_promise_comes_out_once() throws SQLException {
        insert("kind", "'CALL_BACK'");

        assertThat(settle("'KEPT', due_at, now(), now()")).isEqualTo(1);
        assertThatThrownBy(() -> settle("'BROKEN', due_at, due_at, due_at"))
                .hasMessageContaining("promise_outcome_is_one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE promise SET kind = 'VISIT'",
                "DELETE FROM promise",
                "UPDATE promise_outcome SET outcome = 'KEPT'",
                "DELETE FROM promise_outcome",
                "UPDATE promise_text SET text = 'x'",
                "UPDATE promise_reason SET reason = 'x'",
                "INSERT INTO promise_kind VALUES ('GIFT', 'Gift')",
                "DELETE FROM promise_kind",
            })
    void the_service_may_not_change_what_was_said(String statement) {
        assertThatThrownBy(() -> Databases.asApplication().execute(statement))
                .hasMessageContaining("permission denied");
    }

    private void insert(String column, String value) throws SQLException {
        // Who is made by a rule is made by nobody else.
        String employee = column.equals("rule") ? "NULL" : "'e-17'";
        String values =
                "customer_id=:c, id=gen_random_uuid(), interaction_id=:i, kind='CALL_BACK', team='support',"
                        + " employee=%s, rule=NULL, made_at=now(), due_at=now() + interval '1 day'"
                                .formatted(employee);
        StringBuilder columns = new StringBuilder();
        StringBuilder inserted = new StringBuilder();
        for (String assignment : values.split(", (?=[a-z_]+=)")) {
            String[] parts = assignment.split("=", 2);
            columns.append(columns.isEmpty() ? "" : ", ").append(parts[0]);
            inserted.append(inserted.isEmpty() ? "" : ", ")
                    .append(parts[0].equals(column) ? value : parts[1]);
        }
        String text =
                inserted.toString()
                        .replace(":c", "'%s'".formatted(customer))
                        .replace(":i", "'%s'".formatted(interaction));
        owner.execute("INSERT INTO promise (%s) VALUES (%s)".formatted(columns, text));
    }

    private int settle(String values) throws SQLException {
        return owner.execute(
                """
                INSERT INTO promise_outcome (customer_id, promise_id, outcome, due_at, occurred_at, recorded_at)
                SELECT customer_id, id, %s FROM promise WHERE customer_id = ?"""
                        .formatted(values),
                customer);
    }
}
