package io.rapport.customer.merge;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.customer.profile.CustomerView;
import io.rapport.customer.profile.Merged;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a survivor shows, or would show, and from whom. */
@Schema(
        requiredProperties = {"customer", "values"},
        examples = MergeOutcome.EXAMPLE)
public record MergeOutcome(CustomerView customer, List<Taken> values) {

    static final String EXAMPLE =
            """
            {"customer": {"id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11", "status": "ACTIVE", "kind": "PERSON",
               "displayName": "Ada Lovelace", "identities": [{"source": "shop", "externalId": "17850"}],
               "members": ["019aa5c3-11d2-7a90-8c41-5b7e2f90ac02"],
               "createdAt": "2026-11-20T09:14:05.250Z", "updatedAt": "2026-11-22T10:00:00Z"},
             "values": [
               {"path": "/displayName", "value": "Ada Lovelace", "from": ["019aa5c3-11d2-7a90-8c41-5b7e2f90ac02"]},
               {"path": "/kind", "value": "PERSON", "from": ["019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11"]}]}""";

    /** One value that is shown. */
    @Schema(
            name = "MergedValue",
            requiredProperties = {"path", "value", "from"})
    public record Taken(
            @Schema(description = "JSON pointer, as in the history.") String path,
            @Schema(implementation = Object.class) JsonNode value,
            @Schema(description = "Whose it is; several where a list is put together.")
                    List<UUID> from) {}

    static MergeOutcome of(Merged merged) {
        return new MergeOutcome(
                CustomerView.of(merged.view()),
                merged.values().stream()
                        .filter(value -> !value.ofLogin())
                        .map(value -> new Taken(value.path(), value.value(), value.from()))
                        .toList());
    }
}
