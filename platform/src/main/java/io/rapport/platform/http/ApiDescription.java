package io.rapport.platform.http;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Adds to each API's description what is the same for every operation: problems, and the token that
 * it needs.
 */
public final class ApiDescription implements OASFilter {

    private static final String PROBLEM = "Problem";
    private static final String TOKEN = "token";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Components components =
                api.getComponents() == null ? OASFactory.createComponents() : api.getComponents();
        components.addSchema(PROBLEM, problem());
        components.addResponse(PROBLEM, response());
        components.addSecurityScheme(
                TOKEN,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT"));
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
        if (operation.getResponses() == null) {
            operation.responses(OASFactory.createAPIResponses());
        }
        // The framework adds the refusals of a token by itself, without what they carry.
        Map.copyOf(operation.getResponses().getAPIResponses()).entrySet().stream()
                .filter(response -> response.getKey().startsWith("4"))
                .filter(response -> response.getValue().getRef() == null)
                .filter(response -> response.getValue().getContent() == null)
                .forEach(
                        response ->
                                operation
                                        .getResponses()
                                        .addAPIResponse(
                                                response.getKey(),
                                                OASFactory.createAPIResponse().ref(PROBLEM)));
        if (operation.getResponses().getDefaultValue() == null) {
            operation.getResponses().defaultValue(OASFactory.createAPIResponse().ref(PROBLEM));
        }
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
        MediaType problem =
                OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref(PROBLEM))
                        .example(example);
        return OASFactory.createAPIResponse()
                .description("The request was not served; the problem says why and what to do.")
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
