package io.rapport.customer.segment;

import io.rapport.platform.http.IdempotencyKeys.OfNobody;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The members of a segment at one moment, kept as they were. */
@Schema(
        name = "SegmentSnapshot",
        requiredProperties = {
            "id",
            "segment",
            "version",
            "members",
            "createdBy",
            "createdAt",
            "expiresAt"
        },
        examples =
                """
                {"id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b12", "segment": "silent-buyers", "version": 2, "members": 1840,
                 "createdBy": "manager-1", "createdAt": "2026-11-20T09:14:05.250Z",
                 "expiresAt": "2026-12-20T09:14:05.250Z"}""")
public record SnapshotView(
        UUID id,
        String segment,
        @Schema(description = "The segment's version.") long version,
        @Schema(description = "How many there were; who was erased since is not listed any more.")
                long members,
        @Schema(description = "The subject of the token of whoever made it.") String createdBy,
        Instant createdAt,
        @Schema(description = "When it is deleted.") Instant expiresAt)
        implements OfNobody {}
