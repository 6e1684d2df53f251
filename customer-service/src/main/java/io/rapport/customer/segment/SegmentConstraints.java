package io.rapport.customer.segment;

import io.rapport.platform.Refusal;
import io.rapport.platform.http.ConstraintRefusals;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What the tables of segments refuse. */
@Singleton
final class SegmentConstraints implements ConstraintRefusals {

    @Override
    public Optional<Refusal> of(String constraint) {
        return switch (constraint) {
            case "segment_attribute_is_defined" ->
                    Optional.of(
                            Refusal.conflict(
                                    "attribute-in-segment",
                                    "A segment refers to this attribute: its type stays, and it is not deleted. Change"
                                            + " the segment first."));
            case "segment_reference_is_to_a_segment" ->
                    Optional.of(
                            Refusal.conflict(
                                    "segment-in-use",
                                    "Another segment refers to this one. Change that one first."));
            case "segment_override_is_of_a_segment" ->
                    Optional.of(
                            Refusal.conflict(
                                    "segment-has-overrides",
                                    "Something was said of a customer and this segment while it was deleted. Try"
                                            + " again."));
            default -> Optional.empty();
        };
    }
}
