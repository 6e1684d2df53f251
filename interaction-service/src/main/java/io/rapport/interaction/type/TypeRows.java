package io.rapport.interaction.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The table {@code interaction_type}. */
final class TypeRows extends DefinitionRows<TypeTerms> {

    private final ObjectMapper json;

    TypeRows(Jdbi jdbi, ObjectMapper json) {
        super(
                jdbi,
                VocabularyList.TYPES,
                new TreeMap<>(
                        Map.of(
                                "amount_sign", ":amountSign",
                                "icon", ":icon",
                                "schema", "CAST(:schema AS json)")));
        this.json = json;
    }

    @Override
    <S extends SqlStatement<S>> S bindOwn(S statement, TypeTerms terms) {
        JsonNode schema = terms.schema();
        return statement
                .bind("amountSign", terms.amountRule().sign())
                .bind("icon", terms.icon())
                .bind("schema", schema == null ? null : schema.toString());
    }

    @Override
    TypeTerms terms(ResultSet row) throws SQLException {
        return new TypeTerms(
                row.getString("label"),
                row.getString("icon"),
                AmountRule.ofSign(row.getInt("amount_sign")),
                schema(row.getString("schema")),
                row.getBoolean("active"));
    }

    private @Nullable JsonNode schema(@Nullable String text) {
        try {
            return text == null ? null : json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a type's schema is no JSON", e);
        }
    }
}
