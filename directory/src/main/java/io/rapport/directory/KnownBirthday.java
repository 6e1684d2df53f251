package io.rapport.directory;

import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** When a customer was born, as this service knows it. */
@Schema(description = "When a customer was born.")
public record KnownBirthday(
        @Schema(description = "The customer.") UUID customer,
        @Schema(description = "The day.", examples = "1985-12-10") LocalDate birthday) {}
