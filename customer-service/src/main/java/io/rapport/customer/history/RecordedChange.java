package io.rapport.customer.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One value of a customer that became another one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Change",
        requiredProperties = {"id", "version", "path", "at", "actor"},
        examples = RecordedChange.EXAMPLE)
public record RecordedChange(
        @Schema(description = "Good for this customer only.") String id,
        @Schema(description = "The customer's version from which on it holds.") long version,
        @Schema(
                        description =
                                "JSON pointer; the id stands in it for an element that has one. Empty for the"
                                        + " registration, and where a restored database goes on: its value has all"
                                        + " paths as members.")
                String path,
        @Schema(implementation = Object.class, description = "Absent when there was nothing.")
                @Nullable JsonNode oldValue,
        @Schema(implementation = Object.class, description = "Absent when it was taken away.")
                @Nullable JsonNode newValue,
        Instant at,
        @Schema(description = "The subject of the token that changed it.") String actor,
        @Schema(description = "What the actor gave as Rapport-Reason.") @Nullable String reason,
        @Schema(description = "That of the request, as its events carry it.")
                @Nullable String correlationId) {

    static final String EXAMPLE =
            """
            {"id": "7.0", "version": 7, "path": "/givenName", "oldValue": "Ada", "newValue": "Augusta",
             "at": "2026-11-21T10:00:00Z", "actor": "agent-17", "reason": "Asked for by phone",
             "correlationId": "4bf92f3577b34da6a3ce929d0e0e4736"}""";
}
