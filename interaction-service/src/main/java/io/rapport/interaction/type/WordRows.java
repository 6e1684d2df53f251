package io.rapport.interaction.type;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** The tables {@code channel} and {@code touchpoint}. */
final class WordRows extends DefinitionRows<WordTerms> {

    WordRows(Jdbi jdbi, VocabularyList list) {
        super(jdbi, list, Map.of());
    }

    @Override
    <S extends SqlStatement<S>> S bindOwn(S statement, WordTerms terms) {
        return statement;
    }

    @Override
    WordTerms terms(ResultSet row) throws SQLException {
        return new WordTerms(row.getString("label"), row.getBoolean("active"));
    }
}
