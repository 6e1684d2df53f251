package io.rapport.customer.segment;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A customer who was in the segment then. */
@Schema(
        name = "SegmentSnapshotMember",
        requiredProperties = "customer",
        examples =
                """
                {"customer": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11"}""")
public record SnapshotMemberView(UUID customer) {}
