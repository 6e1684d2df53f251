package io.rapport.customer.importing;

import io.rapport.customer.FileFormat;
import io.rapport.customer.profile.PlainText;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is to be uploaded, and what shall become of it. */
@Schema(
        name = "NewCustomerImport",
        requiredProperties = {"format", "mode"},
        examples = NewImport.EXAMPLE)
public record NewImport(
        @NotNull FileFormat format,
        @Schema(
                        description =
                                "What a row may do: CREATE a customer when it names none, UPDATE the one that it names,"
                                        + " or either.")
                @NotNull
                ImportMode mode,
        @Schema(
                        description =
                                "What the columns of a CSV file, or the members of an NDJSON line, tell, by their names:"
                                        + " identity:<source>, attribute:<name>, email, phone, or a field of a profile."
                                        + " Others are not read. Without it each column tells what its name says.",
                        nullable = true)
                @Size(max = 200, message = "must have at most 200 columns")
                @Nullable Map<@PlainText(max = 200) String, @NotNull String> columns,
        @Schema(
                        description = "Between the cells of CSV: comma, semicolon, tab or bar.",
                        defaultValue = ",")
                @Pattern(regexp = "[,;\t|]", message = "must be one of , ; | and tab")
                String delimiter,
        @Schema(description = "Only tell what would become of the rows.", defaultValue = "false")
                Boolean dryRun) {

    static final String EXAMPLE =
            """
            {"format": "CSV", "mode": "UPSERT", "dryRun": false, "columns": {
             "customer no": "identity:shop", "first name": "givenName", "last name": "familyName", "mail": "email"}}""";

    public NewImport {
        delimiter = Objects.requireNonNullElse(delimiter, ",");
        dryRun = Objects.requireNonNullElse(dryRun, false);
    }

    /** Refuses columns that tell what nobody knows. */
    NewImport checked() {
        if (columns != null) {
            columns.forEach(
                    (name, meaning) -> {
                        if (Column.of(meaning).isEmpty()) {
                            throw Refusal.invalid(
                                    "invalid-fields",
                                    "Some fields are not as they must be.",
                                    new FieldError(
                                            "/columns/"
                                                    + name.replace("~", "~0").replace("/", "~1"),
                                            Column.RULE));
                        }
                    });
        }
        return this;
    }
}
