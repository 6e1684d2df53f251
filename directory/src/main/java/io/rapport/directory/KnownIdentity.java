package io.rapport.directory;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A name that another system has for a customer, as this service knows it. */
@Schema(description = "A name that another system has for a customer.")
public record KnownIdentity(
        @Schema(description = "The customer whose identity it is.") UUID customer,
        @Schema(description = "The system.", examples = "online-retail") String source,
        @Schema(description = "The customer's id there.", examples = "17850") String externalId) {}
