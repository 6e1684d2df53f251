package io.rapport.customer.merge;

import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.registered;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the database refuses, whoever writes. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MergeConstraintsTest {

    private UUID survivor;
    private UUID member;
    private UUID third;

    @BeforeEach
    void make() {
        survivor = registered("{}");
        member = registered("{}");
        third = registered("{}");
    }

    @Test
    void a_member_is_linked_once() {
        merge(survivor, member).then().statusCode(200);
        assertThatThrownBy(() -> link(member, third))
                .hasMessageContaining("customer_link_is_the_only_one_of_its_member");
    }

    @Test
    void nobody_is_merged_into_one_who_was_merged() throws SQLException {
        merge(survivor, member).then().statusCode(200);
        stand(third, "MERGED");
        assertThatThrownBy(() -> link(third, member))
                .hasMessageContaining("customer_link_survivor_is_active");
        stand(third, "ACTIVE");
    }

    @Test
    void a_survivor_stays_active_and_a_member_merged_as_long_as_they_are_linked() {
        merge(survivor, member).then().statusCode(200);
        assertThatThrownBy(() -> stand(survivor, "MERGED"))
                .hasMessageContaining("customer_link_survivor_is_active");
        assertThatThrownBy(() -> stand(member, "ACTIVE"))
                .hasMessageContaining("customer_link_member_is_merged");
    }

    @Test
    void nobody_is_merged_into_itself() {
        assertThatThrownBy(() -> recordMerge(Ids.next(), member, member))
                .hasMessageContaining("customer_merge_is_of_two_customers");
    }

    @Test
    void what_was_merged_is_never_written_over() {
        merge(survivor, member).then().statusCode(200);
        for (String table : new String[] {"customer_merge", "customer_unmerge"}) {
            assertThatThrownBy(() -> Databases.asApplication().execute("DELETE FROM " + table))
                    .hasMessageContaining("permission denied");
        }
        // Its rows go with an erasure, and change never.
        assertThatThrownBy(
                        () ->
                                Databases.asApplication()
                                        .execute("UPDATE customer_merge_edit SET path = '/other'"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(
                        () ->
                                Databases.asApplication()
                                        .execute("UPDATE customer_merge SET rules = '{}'"))
                .hasMessageContaining("permission denied");
    }

    private static void link(UUID member, UUID survivor) throws SQLException {
        UUID merge = Ids.next();
        recordMerge(merge, member, survivor);
        Databases.asOwner()
                .execute(
                        "INSERT INTO customer_link (member_id, survivor_id, merge_id) VALUES (?, ?, ?)",
                        member,
                        survivor,
                        merge);
    }

    private static void recordMerge(UUID merge, UUID member, UUID survivor) throws SQLException {
        Databases.asOwner()
                .execute(
                        """
                        INSERT INTO customer_merge (id, member_id, survivor_id, rules, merged_at)
                        VALUES (?, ?, ?, '{}', now())
                        """,
                        merge,
                        member,
                        survivor);
    }

    private static void stand(UUID customer, String status) throws SQLException {
        Databases.asOwner()
                .execute("UPDATE customer SET status = ? WHERE id = ?", status, customer);
    }
}
