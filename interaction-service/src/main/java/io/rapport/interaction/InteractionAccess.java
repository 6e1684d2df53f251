package io.rapport.interaction;

import io.rapport.directory.Directory;
import io.rapport.platform.Refusal;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Who may add to an interaction, and see what was added: staff to all of them, a partner to those
 * of its own sources. Others are answered as if there were none.
 */
@ApplicationScoped
public class InteractionAccess {

    /** On whom an interaction arrived, and which source told of it. */
    public record Owner(UUID customerId, String source) {}

    private final Jdbi jdbi;
    private final Directory directory;
    private final Caller caller;

    InteractionAccess(Jdbi jdbi, Directory directory, Caller caller) {
        this.jdbi = jdbi;
        this.directory = directory;
        this.caller = caller;
    }

    /** The customer on whom the interaction arrived. */
    public UUID customerOf(UUID interaction) {
        return customerOf(
                "SELECT customer_id, source FROM interaction WHERE id = ?",
                interaction,
                Refusal.notFound("unknown-interaction", "There is no interaction with this id."));
    }

    /**
     * The customer of what else is found in an interaction: by a statement whose parameter is the
     * id, and whose columns are {@code customer_id} and the {@code source} of the interaction.
     */
    public UUID customerOf(String sql, UUID id, Refusal unknown) {
        Optional<Owner> found =
                jdbi.withHandle(
                        handle ->
                                handle.select(sql, id)
                                        .map(ConstructorMapper.of(Owner.class))
                                        .findOne());
        UUID customer =
                found.filter(owner -> caller.speaksFor(owner.source()))
                        .map(Owner::customerId)
                        .orElseThrow(() -> unknown);
        directory.requireNotErased(customer);
        return customer;
    }
}
