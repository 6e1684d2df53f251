package io.rapport.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What looking customers up by an attribute reads, as planned for any attribute and value. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class AttributePlanTest {

    @Test
    void customers_are_found_in_one_range_of_the_index_of_values() throws Exception {
        String plan = plan(CustomerRows.SELECT_OF_ATTRIBUTE.formatted(21));

        assertThat(plan)
                .containsPattern(
                        "customer_attribute_by_value on customer_attribute a .*\n *Index Cond: "
                                + "\\(+ROW\\(name, value, customer_id\\) > .*ROW\\(name, value\\) <= ")
                .doesNotContain("Seq Scan");
    }

    /** Small tables would be read whole, or sorted, were that not made dear. */
    private static String plan(String sql) throws SQLException {
        try (Connection connection = Databases.asOwner().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute("SET enable_seqscan = off");
            statement.execute("SET enable_bitmapscan = off");
            statement.execute(
                    "PREPARE sought (text, text, uuid) AS "
                            + sql.replace(":name", "$1")
                                    .replace(":value", "$2")
                                    .replace(":after", "$3"));
            try (ResultSet rows =
                    statement.executeQuery(
                            "EXPLAIN EXECUTE sought ('n', 'v', '019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11')")) {
                StringBuilder plan = new StringBuilder();
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
                return plan.toString();
            }
        }
    }
}
