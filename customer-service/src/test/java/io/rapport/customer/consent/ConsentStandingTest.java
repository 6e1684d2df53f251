package io.rapport.customer.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What a check reads: as much at ten rows as at ten million. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ConsentStandingTest {

    @Test
    void a_check_reads_by_indexes_only() throws Exception {
        String plan = plan(ConsentStanding.SELECT);

        assertThat(plan)
                .doesNotContain("Seq Scan")
                .containsPattern(
                        "Index (Only )?Scan using \\w+ on customer c .*\n *Index Cond: \\(id = ")
                .containsPattern(
                        "Index (Only )?Scan using \\w+ on consent_purpose p .*\n *Index Cond: \\(key = ")
                .containsPattern("on consent_record r .*\n *Index Cond: \\(+customer_id = ");
        assertThat(plan("SELECT FROM consent_record WHERE source = :purpose"))
                .as("what no index has is seen")
                .contains("Seq Scan");
    }

    /**
     * Small tables would be read whole, were that not made dear. Each test has a purpose of its
     * own, so that reading by it seems good; in use there are few, and their index serves another
     * end. Of those that begin with the same column any may be taken while there is little of each.
     */
    private static String plan(String sql) throws SQLException {
        try (Connection connection = Databases.asOwner().connect();
                Statement setting = connection.createStatement()) {
            connection.setAutoCommit(false);
            setting.execute("SET LOCAL enable_seqscan = off");
            setting.execute("SET LOCAL enable_bitmapscan = off");
            setting.execute("DROP INDEX consent_record_by_purpose");
            String positional =
                    sql.replace(":customer", "CAST('019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11' AS uuid)")
                            .replaceAll(":(purpose|channel)", "'x'");
            try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + positional);
                    ResultSet rows = explain.executeQuery()) {
                StringBuilder plan = new StringBuilder();
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
                return plan.toString();
            } finally {
                connection.rollback();
            }
        }
    }
}
