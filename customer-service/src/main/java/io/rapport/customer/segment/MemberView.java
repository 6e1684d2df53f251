package io.rapport.customer.segment;

import io.rapport.customer.SegmentReason;
import io.rapport.customer.segment.MemberRows.Membership;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** That a customer is in a segment, as the API answers it. */
@Schema(
        name = "SegmentMember",
        requiredProperties = {"segment", "customer", "since", "version", "reason", "fields"},
        examples =
                """
                {"segment": "silent-buyers", "customer": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
                 "since": "2026-11-20T09:14:05.250Z", "version": 1, "reason": "TIME",
                 "fields": ["country", "interactions.lastAt", "purchases.GBP.sum"]}""")
public record MemberView(
        String segment,
        UUID customer,
        Instant since,
        @Schema(description = "The version of the segment by which it entered.") long version,
        @Schema(description = "What made it enter.") SegmentReason reason,
        @Schema(
                        description =
                                "The fields that decided it, at most 10; segments.KEY of another segment, override of"
                                        + " what somebody said.")
                List<String> fields) {

    static MemberView of(Membership kept) {
        return new MemberView(
                kept.place().segment(),
                kept.place().customer(),
                kept.since(),
                kept.version(),
                kept.reason(),
                kept.fields());
    }
}
