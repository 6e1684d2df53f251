package io.rapport.interaction.type;

import io.rapport.interaction.FactKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Period;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Looks up the keys under which facts are told, as they are at this moment. */
@ApplicationScoped
public class FactKeys {

    private final Jdbi jdbi;

    FactKeys(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Also a retired one. */
    public Optional<FactKey> find(String code) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT code, topic, kind, validity, active, used FROM fact_key WHERE code = :code")
                                .bind("code", code)
                                .map(
                                        (row, context) ->
                                                new FactKey(
                                                        row.getString("code"),
                                                        row.getString("topic"),
                                                        FactKind.valueOf(row.getString("kind")),
                                                        Period.parse(row.getString("validity")),
                                                        row.getBoolean("active"),
                                                        row.getBoolean("used")))
                                .findOne());
    }
}
