package io.rapport.platform.http;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Adds to each API's description what is the same for every operation: problems, versions, the
 * token that it needs, and an example of each page whose rows have one.
 */
public final class ApiDescription implements OASFilter {

    private static final String PROBLEM = "Problem";
    private static final String TOKEN = "token";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Components components =
                api.getComponents() == null ? OASFactory.createComponents() : api.getComponents();
        exemplifyPages(Objects.requireNonNullElse(components.getSchemas(), Map.of()));
        components
                .addSchema(PROBLEM, problem())
                .addResponse(PROBLEM, response())
                .addParameter(VersionTokens.AT_LEAST, atLeast())
                .addHeader(
                        VersionTokens.VERSION,
                        header(
                                SchemaType.STRING,
                                "What the answer wrote or has seen, to be sent back as Rapport-At-Least. Absent where"
                                        + " that is nothing, or more than a request could send back."))
                .addHeader(
                        HttpHeaders.RETRY_AFTER,
                        header(
                                SchemaType.INTEGER,
                                "After so many seconds the same request may be served; absent where repeating it does"
                                        + " not help."))
                .addSecurityScheme(
                        TOKEN,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description(
                                        "An access token of the identity provider; on one machine ./rapport token"
                                                + " prints one."));
        api.components(components)
                .security(List.of(OASFactory.createSecurityRequirement().addScheme(TOKEN)));
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

    private static Parameter atLeast() {
        return OASFactory.createParameter()
                .name(VersionTokens.AT_LEAST)
                .in(Parameter.In.HEADER)
                .description(
                        "Answer only when this service has seen that version, the value of a Rapport-Version;"
                                + " else 503 `not-yet-seen`.")
                .schema(OASFactory.createSchema().addType(SchemaType.STRING));
    }

    private static Header header(SchemaType type, String description) {
        return OASFactory.createHeader()
                .description(description)
                .schema(OASFactory.createSchema().addType(type));
    }

    private static APIResponse response() {
        Map<String, Object> example =
                Map.of(
                        "type", "/problems/unknown-customer",
                        "title", "Unknown customer",
                        "status", 404,
                        "detail", "We know no such customer.",
                        "instance", "/traces/4bf92f3577b34da6a3ce929d0e0e4736",
                        "code", "unknown-customer");
        // Sorted, so that writing the description again changes nothing.
        MediaType problem =
                OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref(PROBLEM))
                        .example(new TreeMap<>(example));
        return OASFactory.createAPIResponse()
                .description("The request was not served; the problem says why and what to do.")
                .addHeader(
                        HttpHeaders.RETRY_AFTER,
                        OASFactory.createHeader().ref(HttpHeaders.RETRY_AFTER))
                .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, problem));
    }

    private static Schema problem() {
        return object(
                        "Why a request was not served (RFC 9457).",
                        "type",
                        "title",
                        "detail",
                        "instance",
                        "code")
                .addProperty("status", OASFactory.createSchema().addType(SchemaType.INTEGER))
                .addProperty(
                        "errors",
                        OASFactory.createSchema().addType(SchemaType.ARRAY).items(field()))
                .required(List.of("type", "title", "status", "detail", "code"));
    }

    private static Schema field() {
        return object(
                "What is wrong with a field of the body, or with a parameter or header.",
                "pointer",
                "parameter",
                "reason");
    }

    private static Schema object(String description, String... texts) {
        Schema object =
                OASFactory.createSchema().addType(SchemaType.OBJECT).description(description);
        for (String text : texts) {
            object.addProperty(text, OASFactory.createSchema().addType(SchemaType.STRING));
        }
        return object;
    }
}
