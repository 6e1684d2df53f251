package io.rapport.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;

/** The shared rules refuse what they are there for, and nothing else. */
class RulesTest {

    static class AsksByCall {
        Instant time() {
            return Instant.now();
        }
    }

    static class AsksByReference {
        Supplier<Instant> time() {
            return Instant::now;
        }
    }

    static class AsksTheGivenClock {
        Instant time(Clock clock) {
            return Instant.now(clock).plus(java.time.Duration.ofNanos(System.nanoTime()));
        }
    }

    static class GreetingService {
        void greet() {
            System.out.println("Hello");
        }
    }

    static class Endpoints {
        @GET
        public void bare() {}

        @POST
        @RolesAllowed("**")
        @RunOnVirtualThread
        @Operation(operationId = "openToAll", summary = "Anybody who is logged in")
        public void openToAll() {}

        @GET
        @RolesAllowed("agent")
        @RunOnVirtualThread
        @Operation(operationId = "readAll", summary = "Read all")
        public void complete() {}
    }

    private static JavaClasses planted(Class<?> type) {
        return new ClassFileImporter().importClasses(type);
    }

    @Test
    void asking_the_machine_for_the_time_is_refused() {
        var rule = ArchitectureRules.timeComesFromTheClock();

        assertThatThrownBy(() -> rule.check(planted(AsksByCall.class)))
                .hasMessageContaining("AsksByCall");
        assertThatThrownBy(() -> rule.check(planted(AsksByReference.class)))
                .hasMessageContaining("AsksByReference");
        assertThatCode(() -> rule.check(planted(AsksTheGivenClock.class)))
                .doesNotThrowAnyException();
    }

    @Test
    void a_bag_of_functions_that_prints_is_refused() {
        JavaClasses service = planted(GreetingService.class);

        assertThatThrownBy(() -> ArchitectureRules.classesAreNouns().check(service))
                .hasMessageContaining("GreetingService");
        assertThatThrownBy(() -> ArchitectureRules.nothingIsPrinted().check(service))
                .hasMessageContaining("System.out");
    }

    @Test
    void an_endpoint_says_who_may_call_it_and_what_it_does() {
        List<JavaMethod> endpoints =
                new ArrayList<>(planted(Endpoints.class).get(Endpoints.class).getMethods());

        assertThat(EndpointRules.violations(endpoints))
                .hasSize(4)
                .anyMatch(line -> line.contains("bare() names no roles"))
                .anyMatch(line -> line.contains("bare() blocks an event loop"))
                .anyMatch(line -> line.contains("bare() has no @Operation"))
                .anyMatch(line -> line.contains("openToAll() names no roles"));
    }

    @Test
    void an_operation_is_described_so_that_one_can_call_it() throws Exception {
        String document =
                """
                {"components": {
                  "securitySchemes": {"token": {}},
                  "schemas": {"Known": {"examples": [{}]}, "Unused": {}},
                  "responses": {"Problem": {"content": {"application/problem+json": {}}}}},
                 "paths": {"/a": {
                  "get": {"operationId": "a", "summary": "Read an A", "security": [{"token": ["agent"]}],
                    "responses": {
                      "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Known"}}}},
                      "304": {},
                      "404": {"$ref": "#/components/responses/Problem"}}},
                  "post": {"operationId": "a", "security": [{"password": []}],
                    "responses": {
                      "201": {"content": {}},
                      "403": {"$ref": "#/components/responses/Problem"},
                      "default": {"description": "Whatever else"}}}}}}
                """;

        assertThat(OpenApiContract.violations(new ObjectMapper().readTree(document)))
                .containsExactly(
                        "post /a repeats the operationId a",
                        "post /a has no summary",
                        "post /a needs the unknown scheme password",
                        "post /a does not say what its 201 holds",
                        "post /a answers default without a problem document",
                        "post /a tells none of its problems",
                        "post /a has no example",
                        "the schema Unused is used by nothing");
    }

    @Test
    void a_payload_of_another_shape_than_its_sample_is_refused() {
        assertThatThrownBy(
                        () ->
                                Samples.assertSameShape(
                                        "loyalty.tier-changed.v1",
                                        "{\"from\":\"BASE\",\"to\":3,\"programme\":\"default\"}"))
                .hasMessageContaining("/to=INTEGER");
    }
}
