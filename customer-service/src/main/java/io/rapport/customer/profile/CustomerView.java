package io.rapport.customer.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rapport.customer.Identity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A customer as the API answers it. What is not known is absent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Customer",
        description =
                "A customer; what is absent is not known. A partner gets kind, names, form of address, language, time"
                        + " zone and country of the profile, and the identities of its sources.",
        requiredProperties = {"id", "status", "kind", "identities", "createdAt", "updatedAt"},
        examples = CustomerView.EXAMPLE)
public record CustomerView(
        UUID id,
        CustomerStatus status,
        @JsonUnwrapped Profile profile,
        @Schema(
                        description =
                                "To other customers; absent where the customer is named by /customers/by.")
                @JsonInclude(JsonInclude.Include.NON_EMPTY)
                List<Relation> relations,
        @Schema(
                        description =
                                "By key; of one key the first holds, and of what binds us each that was"
                                        + " learnt in the same way. Absent where the customer is named by"
                                        + " /customers/by.")
                @JsonInclude(JsonInclude.Include.NON_EMPTY)
                List<Preference> preferences,
        List<Identity> identities,
        @Schema(
                        description =
                                "Of a merged customer that stands in a list: as whom it answers.",
                        nullable = true)
                @Nullable UUID survivor,
        @Schema(
                        description =
                                "Who was merged into it, whose values and identities it shows, too; absent where the"
                                        + " customer is named by /customers/by.")
                @JsonInclude(JsonInclude.Include.NON_EMPTY)
                List<UUID> members,
        Instant createdAt,
        Instant updatedAt) {

    static final String EXAMPLE =
            """
            {"id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11", "status": "ACTIVE", "kind": "PERSON",
             "displayName": "Ada Lovelace", "givenName": "Ada", "familyName": "Lovelace",
             "addressAs": "Lady Lovelace", "language": "en-GB", "timeZone": "Europe/London", "country": "GB",
             "lifecycleStage": "CUSTOMER", "tags": ["newsletter", "vip"],
             "identities": [{"source": "online-retail", "externalId": "17850"}],
             "createdAt": "2026-11-20T09:14:05.250Z", "updatedAt": "2026-11-21T10:00:00Z"}""";

    public static CustomerView of(Customer customer) {
        return of(
                customer,
                customer.profile(),
                customer.relations(),
                customer.preferences(),
                customer.names().toList(),
                customer.merges());
    }

    /**
     * With those identities only that the caller may see, without other customers' ids and
     * preferences.
     */
    public static CustomerView of(Customer customer, Predicate<Identity> visible) {
        return of(customer, customer.profile(), visible);
    }

    /** The same with the part of the profile only that partners see. */
    public static CustomerView forPartner(Customer customer, Predicate<Identity> visible) {
        return of(customer, PartnersPart.seen(customer.profile()), visible);
    }

    private static CustomerView of(
            Customer customer, Profile profile, Predicate<Identity> visible) {
        return of(
                customer,
                profile,
                List.of(),
                List.of(),
                customer.names().filter(visible).toList(),
                MergeState.ALONE);
    }

    private static CustomerView of(
            Customer customer,
            Profile profile,
            List<Relation> relations,
            List<Preference> preferences,
            List<Identity> identities,
            MergeState merges) {
        return new CustomerView(
                customer.id(),
                customer.status(),
                profile,
                relations,
                preferences,
                identities,
                merges.survivor(),
                merges.members(),
                customer.createdAt(),
                customer.updatedAt());
    }
}
