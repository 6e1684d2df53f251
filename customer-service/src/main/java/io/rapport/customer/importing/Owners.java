package io.rapport.customer.importing;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.AttributeKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who answers for what names customers in the rows of a step: what nobody has is not in it. */
record Owners(Map<Identity, UUID> identities, Map<AttributeKey, UUID> keys) {

    /** All of them, each once. */
    Set<UUID> all() {
        return Stream.concat(identities.values().stream(), keys.values().stream())
                .collect(Collectors.toSet());
    }

    boolean isOwned(Identity identity) {
        return identities.containsKey(identity);
    }

    boolean isOwned(AttributeKey key) {
        return keys.containsKey(key);
    }

    /** Those whom a row names, each once. */
    List<UUID> of(ImportedRow row) {
        return Stream.concat(
                        row.identities().stream().map(identities::get),
                        row.keys().stream().map(keys::get))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
