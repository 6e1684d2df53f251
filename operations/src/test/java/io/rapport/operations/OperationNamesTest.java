package io.rapport.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationNamesTest {

    @ParameterizedTest
    @CsvSource({
        "/relationships/parked-events, listParked{Service}Events, listParkedRelationshipEvents",
        "/loyalty/parked-events/{id}, getParked{Service}Event, getParkedLoyaltyEvent",
        "/feedback, {Service}, Feedback",
        "/customers/{customer}, getCustomer, getCustomer",
    })
    void what_every_service_has_is_named_after_the_service(String path, String name, String told) {
        Operation operation = OASFactory.createOperation().operationId(name);
        OpenAPI api =
                OASFactory.createOpenAPI()
                        .paths(
                                OASFactory.createPaths()
                                        .addPathItem(
                                                path, OASFactory.createPathItem().GET(operation)));

        new OperationNames().filterOpenAPI(api);

        assertThat(operation.getOperationId()).isEqualTo(told);
    }
}
