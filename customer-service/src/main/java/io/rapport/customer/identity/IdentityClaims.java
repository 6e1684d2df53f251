package io.rapport.customer.identity;

import io.rapport.customer.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The claim table: its primary key decides to whom an identity belongs. */
@ApplicationScoped
public class IdentityClaims {

    private final Jdbi jdbi;

    IdentityClaims(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Claims the identity for a customer that the same transaction makes. Waits while another
     * transaction is claiming it; false when it is taken, and then the next statement sees whose it
     * is.
     */
    @Transactional(TxType.MANDATORY)
    public boolean claim(Identity identity, UUID customer) {
        return jdbi.withHandle(
                        handle ->
                                handle.createUpdate(
                                                """
                                                INSERT INTO customer_identity (source, external_id, customer_id)
                                                VALUES (:source, :externalId, :customer)
                                                ON CONFLICT (source, external_id) DO NOTHING
                                                """)
                                        .bind("source", identity.source())
                                        .bind("externalId", identity.externalId())
                                        .bind("customer", customer)
                                        .execute())
                == 1;
    }
}
