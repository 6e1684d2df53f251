package io.rapport.interaction.fact;

import io.rapport.directory.Directory;
import io.rapport.platform.Refusal;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Whose a fact is: what is not the caller's is answered as if it were not there. */
@ApplicationScoped
class FactOwners {

    private final Jdbi jdbi;
    private final Directory directory;
    private final Caller caller;

    FactOwners(Jdbi jdbi, Directory directory, Caller caller) {
        this.jdbi = jdbi;
        this.directory = directory;
        this.caller = caller;
    }

    /** The customer on whom it arrived, for staff. */
    UUID customerOf(UUID fact) {
        UUID customer = find(fact).orElseThrow(FactOwners::unknown);
        directory.requireNotErased(customer);
        return customer;
    }

    /** The same for a customer who has logged in: only of those who are the same customer. */
    UUID ofCaller(UUID fact) {
        var own = directory.relationship(caller.login()).members();
        return find(fact).filter(own::contains).orElseThrow(FactOwners::unknown);
    }

    private Optional<UUID> find(UUID fact) {
        return jdbi.withHandle(
                handle ->
                        handle.select("SELECT customer_id FROM fact WHERE id = ?", fact)
                                .mapTo(UUID.class)
                                .findOne());
    }

    private static Refusal unknown() {
        return Refusal.notFound("unknown-fact", "There is no fact with this id.");
    }
}
