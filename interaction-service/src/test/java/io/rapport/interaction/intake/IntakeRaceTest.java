package io.rapport.interaction.intake;

import static io.rapport.interaction.InteractionsApi.batch;
import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Many callers with one id: the primary key of the claim lets one of them in. The others wait for
 * its commit at that key, insert nothing, read the claim that stands there, and answer by it.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class IntakeRaceTest {

    private static final int CALLERS = 64;

    @Test
    void of_64_callers_with_the_same_one_records_it_and_all_get_the_same_answer()
            throws SQLException {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> told = with(purchase(customer), "text", "Two lanterns.");

        List<Response> answers = AtOnce.run(CALLERS, caller -> post(told));

        assertThat(statuses(answers))
                .containsOnly(Map.entry(201, 1L), Map.entry(200, CALLERS - 1L));
        assertThat(answers.stream().map(Response::asString).distinct()).hasSize(1);
        assertRecorded(customer, 1);
    }

    @Test
    void of_64_callers_with_something_else_each_one_records_it_and_the_others_are_told()
            throws SQLException {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> told = purchase(customer);

        List<Response> answers =
                AtOnce.run(CALLERS, caller -> post(with(told, "text", "Caller " + caller)));

        assertThat(statuses(answers))
                .containsOnly(Map.entry(201, 1L), Map.entry(409, CALLERS - 1L));
        assertRecorded(customer, 1);
    }

    @Test
    void
            batches_with_the_same_lines_in_any_order_neither_block_each_other_for_good_nor_record_twice()
                    throws SQLException {
        List<Customer> customers = Stream.generate(() -> newCustomer()).limit(5).toList();
        List<String> lines =
                customers.stream()
                        .flatMap(
                                customer ->
                                        Stream.generate(() -> line(purchase(customer))).limit(40))
                        .toList();

        List<Response> answers =
                AtOnce.run(
                        8,
                        caller -> {
                            List<String> shuffled = new ArrayList<>(lines);
                            Collections.shuffle(shuffled, new java.util.Random(caller));
                            return batch(shuffled.toArray(String[]::new));
                        });

        answers.forEach(answer -> answer.then().statusCode(200));
        List<String> results =
                answers.stream()
                        .flatMap(answer -> Arrays.stream(answer.asString().split("\n")))
                        .toList();
        assertThat(results.stream().filter(result -> result.contains("\"status\":201")))
                .hasSize(200);
        assertThat(results.stream().filter(result -> result.contains("\"status\":200")))
                .hasSize(1400);
        for (Customer customer : customers) {
            assertRecorded(customer, 40);
        }
    }

    @Test
    void purchases_of_one_customer_at_once_are_all_recorded_and_numbered_without_a_gap()
            throws SQLException {
        Customer customer = newCustomer();

        AtOnce.run(CALLERS, caller -> post(with(purchase(customer), "sourceId", newId())))
                .forEach(answer -> answer.then().statusCode(201));

        assertRecorded(customer, CALLERS);
    }

    private static void assertRecorded(Customer customer, int times) throws SQLException {
        Databases database = Databases.asOwner();
        assertThat(
                        database.number(
                                "SELECT count(*) FROM interaction WHERE customer_id = ?",
                                customer.id()))
                .isEqualTo(times);
        assertThat(
                        database.number(
                                "SELECT count(*) FROM interaction_claim WHERE customer_id = ?",
                                customer.id()))
                .isEqualTo(times);
        assertThat(
                        database.number(
                                "SELECT last FROM customer_sequence WHERE customer_id = ?",
                                customer.id()))
                .isEqualTo(times);
        list(customer.name()).then().body("items.size()", equalTo(Math.min(times, 20)));
    }

    private static Map<Integer, Long> statuses(List<Response> answers) {
        return answers.stream().collect(groupingBy(Response::statusCode, counting()));
    }

    private static String line(Object interaction) {
        try {
            return Objects.requireNonNull(new ObjectMapper().writeValueAsString(interaction));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
