package io.rapport.platform.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What each REST endpoint must say: who may call it, what it is called and what it does. */
public final class EndpointRules {

    private EndpointRules() {}

    /**
     * Fails with every endpoint below the package that breaks a rule, and when there is none at
     * all.
     */
    public static void verify(String root) {
        Set<JavaMethod> endpoints = endpoints(root);
        if (endpoints.isEmpty()) {
            throw new AssertionError("No endpoint below " + root);
        }
        List<String> violations = violations(endpoints);
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("\n", violations));
        }
    }

    static List<String> violations(Collection<JavaMethod> endpoints) {
        List<String> violations = new ArrayList<>();
        Set<String> operationIds = new HashSet<>();
        for (JavaMethod endpoint : endpoints) {
            String name = endpoint.getFullName();
            if (!namesRoles(endpoint)) {
                violations.add(name + " names no roles (@RolesAllowed)");
            }
            if (!onVirtualThread(endpoint)) {
                violations.add(name + " blocks an event loop (@RunOnVirtualThread)");
            }
            Operation operation = endpoint.tryGetAnnotationOfType(Operation.class).orElse(null);
            if (operation == null
                    || operation.operationId().isBlank()
                    || operation.summary().isBlank()) {
                violations.add(name + " has no @Operation with operationId and summary");
            } else if (!operationIds.add(operation.operationId())) {
                violations.add(name + " repeats the operationId " + operation.operationId());
            }
        }
        return violations;
    }

    /** With those that a resource inherits from another module. */
    static Set<JavaMethod> endpoints(String root) {
        Set<JavaMethod> endpoints = new LinkedHashSet<>();
        for (JavaClass type : ArchitectureRules.production(root)) {
            type.getAllMethods().stream()
                    .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                    .forEach(endpoints::add);
        }
        return endpoints;
    }

    /** Roles by name: neither everybody nor anybody who is logged in. */
    private static boolean namesRoles(JavaMethod endpoint) {
        return endpoint.tryGetAnnotationOfType(RolesAllowed.class)
                .or(() -> endpoint.getOwner().tryGetAnnotationOfType(RolesAllowed.class))
                .map(RolesAllowed::value)
                .filter(roles -> roles.length > 0 && !List.of(roles).contains("**"))
                .isPresent();
    }

    private static boolean onVirtualThread(JavaMethod endpoint) {
        return endpoint.isAnnotatedWith(RunOnVirtualThread.class)
                || endpoint.getOwner().isAnnotatedWith(RunOnVirtualThread.class);
    }
}
