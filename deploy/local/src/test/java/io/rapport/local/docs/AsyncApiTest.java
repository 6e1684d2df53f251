package io.rapport.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/asyncapi.yaml} against the golden samples and {@code docs/events.md}. */
class AsyncApiTest {

    private static final String SAMPLES = "platform/src/test/resources/samples";
    private static final Pattern OVERVIEW =
            Pattern.compile(
                    "^\\| `((?!rapport)\\S+\\.v[0-9]+)` \\| ([a-z]+) \\| ", Pattern.MULTILINE);
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode DOCUMENT = document();

    private static JsonNode document() {
        try {
            return new YAMLMapper().readTree(Checkout.text("docs/asyncapi.yaml"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<String> types() {
        return Checkout.files(SAMPLES, ".json").stream()
                .map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""));
    }

    private static ObjectNode sample(String type) throws IOException {
        return (ObjectNode) JSON.readTree(Checkout.text(SAMPLES + "/" + type + ".json"));
    }

    /** The payload of a message, without the reference that it may be. */
    private static JsonNode payload(String type) {
        JsonNode payload = DOCUMENT.path("components").path("messages").path(type).path("payload");
        String reference = payload.path("$ref").asText("");
        return reference.isEmpty() ? payload : DOCUMENT.at(reference.substring(1));
    }

    private static Set<ValidationMessage> faults(String type, JsonNode payload) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("allOf")
                .addObject()
                .put("$ref", "#/components/messages/" + type + "/payload");
        schema.set("components", DOCUMENT.path("components"));
        return JsonSchemaFactory.getInstance(VersionFlag.V7)
                .getSchema(
                        schema,
                        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build())
                .validate(payload.toString(), InputFormat.JSON);
    }

    @Test
    void every_type_is_a_message_of_its_topic() {
        Map<String, String> documented = new TreeMap<>();
        for (MatchResult row : Checkout.matches(OVERVIEW, Checkout.text("docs/events.md"))) {
            documented.put(row.group(1), "rapport." + row.group(2) + ".v1");
        }
        Map<String, String> described = new TreeMap<>();
        for (Map.Entry<String, JsonNode> channel : DOCUMENT.path("channels").properties()) {
            // What partners write is described by the API; each of them has a topic of its own.
            if (!channel.getKey().equals("inbound")) {
                String address = channel.getValue().path("address").asText();
                channel.getValue()
                        .path("messages")
                        .fieldNames()
                        .forEachRemaining(
                                type -> described.put(type, address.replace(".{partner}", "")));
            }
        }
        assertThat(described).isEqualTo(documented);
        assertThat(DOCUMENT.path("components").path("messages").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(documented.keySet());
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_sample_is_what_its_message_says(String type) throws IOException {
        assertThat(faults(type, sample(type))).isEmpty();
        assertThat(names(payload(type).path("properties"))).containsAll(names(sample(type)));
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_payload_without_a_field_that_is_required_is_none(String type) throws IOException {
        List<String> required = new ArrayList<>();
        payload(type).path("required").forEach(field -> required.add(field.asText()));
        assertThat(required).isNotEmpty();
        for (String field : required) {
            ObjectNode broken = sample(type);
            broken.remove(field);
            assertThat(faults(type, broken)).as(field).isNotEmpty();
            broken.putObject(field).put("unknown", true);
            assertThat(faults(type, broken)).as(field).isNotEmpty();
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
