package io.rapport.interaction;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What of another system an interaction is about. As personal as a source id: erasure takes it. */
@Schema(
        name = "InteractionReference",
        description = "The order, invoice or ticket that it is about.",
        requiredProperties = {"kind", "value"},
        examples = "{\"kind\": \"ORDER\", \"value\": \"536365\"}")
public record Reference(
        Kind kind,
        @Schema(description = "What the other system calls it.", minLength = 1, maxLength = 200)
                String value) {

    /** What it refers to. */
    @Schema(name = "InteractionReferenceKind")
    public enum Kind {
        ORDER,
        INVOICE,
        TICKET
    }
}
