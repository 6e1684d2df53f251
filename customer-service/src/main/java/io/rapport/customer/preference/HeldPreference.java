package io.rapport.customer.preference;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rapport.customer.profile.Preference;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What holds of one key, why, and what is known beside it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "HeldPreference",
        description = "What holds, why, and what is known besides and does not hold.",
        requiredProperties = {"key", "value", "learnt", "why", "others"},
        examples =
                """
                {"key": "quiet-hours", "learnt": "STATED", "kind": "PREFERENCE",
                 "value": {"from": "22:00", "to": "07:30"}, "source": "call-centre", "at": "2026-11-20T09:14:05Z",
                 "confidence": 1, "why": "STATED holds before OBSERVED.",
                 "others": [{"key": "quiet-hours", "learnt": "OBSERVED", "kind": "PREFERENCE",
                             "value": {"from": "20:00", "to": "09:00"}, "source": "mailer",
                             "at": "2026-11-21T10:00:00Z", "confidence": 0.7}]}""")
public record HeldPreference(
        @JsonUnwrapped Preference preference, String why, List<Preference> others) {

    /** {@code known}: all of one key, first what holds. */
    static HeldPreference of(List<Preference> known) {
        Preference holds = known.getFirst();
        List<Preference> others = known.subList(1, known.size());
        String why =
                others.isEmpty()
                        ? "Nothing else is known."
                        : "%s holds before %s."
                                .formatted(
                                        holds.learnt(),
                                        String.join(
                                                " and ",
                                                others.stream()
                                                        .map(other -> other.learnt().name())
                                                        .toList()));
        return new HeldPreference(holds, why, List.copyOf(others));
    }
}
