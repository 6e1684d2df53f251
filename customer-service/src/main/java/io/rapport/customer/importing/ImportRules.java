package io.rapport.customer.importing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rapport.customer.Identity;
import io.rapport.customer.identity.IdentityChanges;
import io.rapport.customer.profile.ContactPoint;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.CustomerWrite;
import io.rapport.customer.profile.MergePatch;
import io.rapport.customer.profile.Profile;
import io.rapport.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of a row what a single write would make, by the rules of profiles and identities. */
@ApplicationScoped
class ImportRules {

    private static final String CONTACT_POINTS = "contactPoints";

    private final CustomerRegister register;
    private final IdentityChanges identities;
    private final MergePatch mergePatch;
    private final ObjectMapper json;

    ImportRules(
            CustomerRegister register,
            IdentityChanges identities,
            MergePatch mergePatch,
            ObjectMapper json) {
        this.register = register;
        this.identities = identities;
        this.mergePatch = mergePatch;
        this.json = json;
    }

    CustomerWrite registration(ImportedRow row) {
        NewCustomer drafted = row.drafted();
        if (drafted != null) {
            return register.registration(drafted.get());
        }
        identities.requireRoom(row.identities().size());
        return register.registration(Ids.next(), profile(null, row), List.copyOf(row.identities()));
    }

    /**
     * The row with the customer that it makes where nobody is there, before the database is asked.
     * Which custom attributes there are only the database knows: a row that tells some waits.
     */
    ImportedRow drafted(ImportedRow row) {
        return row.attributes().findAny().isPresent()
                ? row
                : row.with(NewCustomer.of(() -> draft(row)));
    }

    private CustomerWrite draft(ImportedRow row) {
        identities.requireRoom(row.identities().size());
        return register.draft(Ids.next(), profile(null, row), List.copyOf(row.identities()));
    }

    CustomerWrite edition(Customer customer, ImportedRow row) {
        Customer edited = customer.with(profile(customer.profile(), row));
        for (Identity identity : row.identities()) {
            if (!customer.identities().contains(identity)) {
                identities.requireRoom(edited.names().count() + 1);
                edited = edited.with(identity);
            }
        }
        return register.edition(customer, edited);
    }

    private Profile profile(@Nullable Profile before, ImportedRow row) {
        return mergePatch.apply(before, patch(before, row), Profile.class);
    }

    /** A list is patched as a whole, so what is reached already stands in it, too. */
    private ObjectNode patch(@Nullable Profile before, ImportedRow row) {
        List<ContactPoint> ways =
                row.ways().stream()
                        .filter(way -> before == null || !before.isReachedBy(way))
                        .toList();
        if (ways.isEmpty()) {
            return row.patch();
        }
        ObjectNode patch = row.patch().deepCopy();
        if (!patch.has(CONTACT_POINTS)) {
            patch.set(
                    CONTACT_POINTS,
                    json.valueToTree(before == null ? List.of() : before.contactPoints()));
        }
        if (!(patch.get(CONTACT_POINTS) instanceof ArrayNode points)) {
            return patch;
        }
        ways.forEach(way -> points.add(json.valueToTree(way)));
        return patch;
    }
}
