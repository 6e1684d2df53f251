package io.rapport.platform.http;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Adds to each API's description what is the same for every operation, and stands in {@code
 * META-INF/openapi.yaml}: problems and versions. Gives each page an example whose rows have one.
 */
public final class ApiDescription implements OASFilter {

    private static final String PROBLEM = "Problem";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() != null && api.getComponents().getSchemas() != null) {
            exemplifyPages(api.getComponents().getSchemas());
        }
        if (api.getPaths() != null) {
            api.getPaths()
                    .getPathItems()
                    .values()
                    .forEach(
                            path ->
                                    path.getOperations()
                                            .values()
                                            .forEach(ApiDescription::describe));
        }
    }

    private static void describe(Operation operation) {
        operation.addParameter(OASFactory.createParameter().ref(VersionTokens.AT_LEAST));
        APIResponses responses =
                operation.getResponses() == null
                        ? OASFactory.createAPIResponses()
                        : operation.getResponses();
        Map.copyOf(responses.getAPIResponses())
                .forEach(
                        (code, response) ->
                                responses.addAPIResponse(code, described(code, response)));
        if (responses.getDefaultValue() == null) {
            responses.defaultValue(OASFactory.createAPIResponse().ref(PROBLEM));
        }
        operation.responses(responses);
    }

    private static APIResponse described(String code, APIResponse response) {
        if (code.startsWith("2") || code.startsWith("3")) {
            return response.addHeader(
                    VersionTokens.VERSION, OASFactory.createHeader().ref(VersionTokens.VERSION));
        }
        // The framework adds the refusals of a token by itself, without what they carry.
        return response.getContent() == null
                ? OASFactory.createAPIResponse().ref(PROBLEM)
                : response.addHeader(
                        HttpHeaders.RETRY_AFTER,
                        OASFactory.createHeader().ref(HttpHeaders.RETRY_AFTER));
    }

    private static void exemplifyPages(Map<String, Schema> schemas) {
        for (Schema schema : schemas.values()) {
            exampleRows(schema, schemas)
                    .map(rows -> Map.of("items", rows, "next", "bGFzdCByb3c"))
                    .ifPresent(page -> schema.examples(List.of(new TreeMap<>(page))));
        }
    }

    /** Rows of the list that a schema describes, if it is a page and they have an example. */
    private static Optional<List<Object>> exampleRows(Schema page, Map<String, Schema> schemas) {
        return Optional.ofNullable(page.getProperties())
                .filter(members -> members.keySet().equals(Set.of("items", "next")))
                .map(members -> members.get("items"))
                .map(Schema::getItems)
                .map(Schema::getRef)
                .map(row -> schemas.get(row.substring(row.lastIndexOf('/') + 1)))
                .map(Schema::getExamples);
    }
}
