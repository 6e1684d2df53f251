package io.rapport.feedback;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.OpenApiContract;
import io.rapport.platform.testing.SuiteResource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class OpenApiTest {

    @Test
    void the_committed_description_is_what_the_service_tells() {
        OpenApiContract.verify("feedback-service");
    }
}
