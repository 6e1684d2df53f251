package io.rapport.customer.preference;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rapport.customer.profile.Preference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** {@code known}: all of one key, in the order of {@link Preference#byKey}. */
    static HeldPreference of(List<Preference> known) {
        Optional<BindingPreference> binding = BindingPreference.of(known.getFirst().key());
        List<Preference> ranked = binding.map(one -> one.ranked(known)).orElse(known);
        Preference holds = ranked.getFirst();
        List<Preference> others = ranked.subList(1, ranked.size());
        return new HeldPreference(
                holds, why(holds, others, binding.isPresent()), List.copyOf(others));
    }

    private static String why(Preference holds, List<Preference> others, boolean binding) {
        if (others.isEmpty()) {
            return "Nothing else is known.";
        }
        List<String> reasons = new ArrayList<>();
        if (others.stream().anyMatch(other -> other.learnt() == holds.learnt())) {
            reasons.add(
                    (binding
                                    ? "Several are %s: each counts, and this is the strictest."
                                    : "Several are %s: this is the newest.")
                            .formatted(holds.learnt()));
        }
        List<String> beaten =
                others.stream()
                        .filter(other -> other.learnt() != holds.learnt())
                        .map(other -> other.learnt().name())
                        .distinct()
                        .toList();
        if (!beaten.isEmpty()) {
            reasons.add(
                    "%s holds before %s.".formatted(holds.learnt(), String.join(" and ", beaten)));
        }
        return String.join(" ", reasons);
    }
}
