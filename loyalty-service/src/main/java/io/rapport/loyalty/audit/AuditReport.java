package io.rapport.loyalty.audit;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an audit read and found. */
@Schema(
        description =
                "What the audit read, and the accounts that are not the fold of their entries.",
        requiredProperties = {"accounts", "entries", "differing", "differences"},
        examples =
                """
                {
                  "accounts": 4372,
                  "entries": 21877,
                  "differing": 1,
                  "differences": [
                    {
                      "customer": "019aa5c0-1f0e-7a44-b1c3-6d5e4f3a2b10",
                      "programme": "default",
                      "faults": ["balance is 12, the entries make 11"]
                    }
                  ]
                }""")
public record AuditReport(
        @Schema(description = "Accounts that were computed again.") long accounts,
        @Schema(description = "Entries that were folded.") long entries,
        @Schema(description = "Accounts that differ from their entries.") long differing,
        @Schema(description = "The first of them.") List<Difference> differences) {

    /** One account and every way in which it differs. */
    @Schema(
            description = "An account that is not the fold of its entries.",
            requiredProperties = {"customer", "programme", "faults"})
    public record Difference(UUID customer, String programme, List<String> faults) {}
}
