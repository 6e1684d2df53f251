package io.rapport.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.security.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The matrix finds what it is there for, in a resource with planted holes. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class AccessMatrixTest {

    private static final UUID SHOPS = Ids.next();

    @Path("/access")
    @RunOnVirtualThread
    public static class AccessResource {

        private final Caller caller;

        AccessResource(Caller caller) {
            this.caller = caller;
        }

        @GET
        @Path("/tight/{id}")
        @RolesAllowed({"agent", "partner"})
        public List<String> tight(@PathParam("id") UUID id) {
            if (!caller.speaksFor("shop") || !id.equals(SHOPS)) {
                throw Refusal.notFound("unknown-thing", "There is no such thing.");
            }
            return List.of();
        }

        @GET
        @Path("/leaking/{id}")
        @RolesAllowed({"agent", "partner"})
        public List<String> leaking(@PathParam("id") UUID id) {
            if (!id.equals(SHOPS)) {
                throw Refusal.notFound("unknown-thing", "There is no such thing.");
            }
            throw Refusal.notFound("not-yours", "It is another's.");
        }

        @GET
        @Path("/open/{id}")
        @RolesAllowed({"agent", "partner"})
        public List<String> open(@PathParam("id") UUID id) {
            return List.of();
        }
    }

    @Test
    void an_operation_that_is_as_it_says_has_no_violation() throws Exception {
        assertThat(violations("tight", "[{\"token\": [\"agent\", \"partner\"]}]")).isEmpty();
    }

    @Test
    void an_operation_without_roles_is_found() throws Exception {
        assertThat(violations("tight", "[]")).anyMatch(line -> line.contains("names no roles"));
    }

    @Test
    void roles_that_differ_from_those_that_are_told_are_found() throws Exception {
        assertThat(violations("tight", "[{\"token\": [\"agent\", \"partner\", \"admin\"]}]"))
                .containsExactly("get /access/tight/{id} is forbidden to admin, which it names");
        assertThat(violations("tight", "[{\"token\": [\"agent\"]}]"))
                .anyMatch(line -> line.contains("gives 404 unknown-thing where 403 forbidden"));
    }

    @Test
    void an_answer_that_tells_of_what_is_anothers_is_found() throws Exception {
        assertThat(violations("leaking", "[{\"token\": [\"agent\", \"partner\"]}]"))
                .singleElement()
                .asString()
                .contains("tells that something is there");
        assertThat(violations("open", "[{\"token\": [\"agent\", \"partner\"]}]"))
                .contains("get /access/open/{id} gives partner what is another's");
    }

    private static List<String> violations(String path, String security) throws Exception {
        String document =
                "{\"paths\": {\"/access/%s/{id}\": {\"get\": {\"security\": %s}}}}"
                        .formatted(path, security);
        return new AccessMatrix(new ObjectMapper().readTree(document))
                .there("/access/" + path + "/{id}", SHOPS)
                .violations();
    }
}
