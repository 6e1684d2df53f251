package io.rapport.operations;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Locale;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;

/**
 * Names the operations that every service has after the service that they stand in, since no name
 * may repeat: of {@code /loyalty/parked-events}, {@code listParked{Service}Events} becomes {@code
 * listParkedLoyaltyEvents}.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class OperationNames implements OASFilter {

    private static final String SERVICE = "{Service}";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getPaths() != null) {
            api.getPaths()
                    .getPathItems()
                    .forEach(
                            (path, item) ->
                                    item.getOperations()
                                            .values()
                                            .forEach(operation -> name(operation, path)));
        }
    }

    private static void name(Operation operation, String path) {
        String id = operation.getOperationId();
        if (id != null && id.contains(SERVICE)) {
            operation.setOperationId(id.replace(SERVICE, serviceOf(path)));
        }
    }

    private static String serviceOf(String path) {
        String segment = path.substring(1).replaceFirst("/.*", "").replaceFirst("s$", "");
        return segment.substring(0, 1).toUpperCase(Locale.ROOT) + segment.substring(1);
    }
}
