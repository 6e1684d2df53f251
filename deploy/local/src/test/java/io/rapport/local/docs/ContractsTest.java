package io.rapport.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contracts of the services say together. */
class ContractsTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** Two services check these on their own, so that neither needs the other. */
    @ParameterizedTest
    @ValueSource(strings = {"source", "sourceId", "touchpoint"})
    void what_several_services_take_has_one_form(String member) throws IOException {
        List<List<String>> forms = new ArrayList<>();
        for (String service : Checkout.SERVICES) {
            JsonNode contract = JSON.readTree(Checkout.text(service + "/openapi.json"));
            for (JsonNode schema : contract.at("/components/schemas")) {
                forms.add(form(schema.path("properties").path(member)));
            }
        }
        forms.removeIf(List::isEmpty);
        assertThat(forms).hasSizeGreaterThan(1);
        assertThat(forms).containsOnly(forms.getFirst());
    }

    /** One host may serve all four. */
    @Test
    void no_two_services_share_a_path_or_the_name_of_an_operation() throws IOException {
        List<String> paths = new ArrayList<>();
        List<String> operations = new ArrayList<>();
        for (String service : Checkout.SERVICES) {
            JsonNode contract = JSON.readTree(Checkout.text(service + "/openapi.json"));
            contract.path("paths").fieldNames().forEachRemaining(paths::add);
            operations.addAll(contract.path("paths").findValuesAsText("operationId"));
        }
        assertThat(paths).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        assertThat(operations).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    }

    private static List<String> form(JsonNode property) {
        return Stream.of("pattern", "minLength", "maxLength")
                .filter(property::has)
                .map(limit -> limit + " " + property.path(limit).asText())
                .toList();
    }
}
