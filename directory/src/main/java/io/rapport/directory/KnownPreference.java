package io.rapport.directory;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a customer prefers or expects, as customer-service published it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(
        description = "What a customer prefers or expects, as customer-service holds it.",
        requiredProperties = {"key", "learnt", "kind", "value", "source", "at", "confidence"})
public record KnownPreference(
        @Schema(description = "What it is about: a slug.", examples = "drink") String key,
        @Schema(description = "STATED, OBSERVED or INFERRED.", examples = "STATED") String learnt,
        @Schema(description = "PREFERENCE or EXPECTATION.", examples = "PREFERENCE") String kind,
        @Schema(implementation = Object.class, examples = "\"tea\"") JsonNode value,
        @Schema(description = "The system that learnt it.", examples = "crm") String source,
        @Schema(description = "When it was learnt.") Instant at,
        @Schema(description = "How sure the source is, from 0 to 1.") BigDecimal confidence,
        @Schema(description = "Whose it is, of those who were merged into the customer.")
                @Nullable UUID member) {}
