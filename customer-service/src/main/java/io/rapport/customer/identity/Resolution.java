package io.rapport.customer.identity;

import io.rapport.customer.identity.Candidates.Candidate;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.platform.CustomerReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;

/** Whom several references name together. */
@ApplicationScoped
public class Resolution {

    private final OwnSources sources;

    Resolution(OwnSources sources) {
        this.sources = sources;
    }

    /**
     * The one customer that these references name; those that name nobody, or nobody whom the
     * caller may see, do not count. 404 when all do, 409 with the candidates when several are
     * named.
     */
    Customer of(List<CustomerReference> references) {
        SequencedMap<UUID, Customer> found = new LinkedHashMap<>();
        SequencedMap<UUID, List<String>> namedBy = new LinkedHashMap<>();
        for (int i = 0; i < references.size(); i++) {
            String pointer = "/references/" + i;
            sources.find(references.get(i))
                    .ifPresent(
                            customer -> {
                                found.put(customer.id(), customer);
                                namedBy.computeIfAbsent(customer.id(), id -> new ArrayList<>())
                                        .add(pointer);
                            });
        }
        if (found.isEmpty()) {
            throw CustomerRows.unknown();
        }
        if (found.size() > 1) {
            throw Candidates.ambiguous(
                    namedBy.entrySet().stream()
                            .map(named -> new Candidate(named.getKey(), named.getValue()))
                            .toList());
        }
        return found.firstEntry().getValue().requireNotErased();
    }
}
