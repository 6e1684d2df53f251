package io.rapport.interaction.type;

import io.rapport.interaction.FactKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Period;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table {@code fact_key}. */
final class FactKeyRows extends DefinitionRows<FactKeyTerms> {

    FactKeyRows(Jdbi jdbi) {
        super(
                jdbi,
                VocabularyList.FACT_KEYS,
                new TreeMap<>(Map.of("topic", ":topic", "kind", ":kind", "validity", ":validity")));
    }

    @Override
    <S extends SqlStatement<S>> S bindOwn(S statement, FactKeyTerms terms) {
        return statement
                .bind("topic", terms.topic())
                .bind("kind", terms.kind().name())
                .bind("validity", terms.validity().toString());
    }

    @Override
    FactKeyTerms terms(ResultSet row) throws SQLException {
        return new FactKeyTerms(
                row.getString("label"),
                row.getString("topic"),
                FactKind.valueOf(row.getString("kind")),
                Period.parse(row.getString("validity")),
                row.getBoolean("active"));
    }
}
