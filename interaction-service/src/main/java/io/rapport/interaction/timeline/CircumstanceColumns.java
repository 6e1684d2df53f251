package io.rapport.interaction.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.interaction.Circumstances;
import io.rapport.interaction.Emotion;
import io.rapport.interaction.Reference;
import io.rapport.interaction.Result;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what else is known of an interaction from the columns of its row and of its words. */
@ApplicationScoped
class CircumstanceColumns {

    private static final TypeReference<TreeMap<Emotion, Integer>> EMOTIONS =
            new TypeReference<>() {};

    private final ObjectMapper json;

    CircumstanceColumns(ObjectMapper json) {
        this.json = json;
    }

    Circumstances of(ResultSet row) throws SQLException {
        return new Circumstances(
                row.getString("employee"),
                row.getString("team"),
                reference(row.getString("reference_kind"), row.getString("reference")),
                row.getString("device"),
                row.getString("place"),
                attributes(row.getString("attributes")),
                emotions(row.getString("emotions")),
                outcome(row.getString("outcome")),
                time(row, "duration_ms"),
                time(row, "wait_ms"));
    }

    private static @Nullable Reference reference(@Nullable String kind, @Nullable String value) {
        return kind == null || value == null
                ? null
                : new Reference(Reference.Kind.valueOf(kind), value);
    }

    private static @Nullable Result outcome(@Nullable String word) {
        return word == null ? null : Result.valueOf(word);
    }

    private static @Nullable Duration time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Duration.ofMillis(millis);
    }

    private @Nullable JsonNode attributes(@Nullable String text) {
        try {
            return text == null ? null : json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an interaction's attributes are no JSON", e);
        }
    }

    private @Nullable SortedMap<Emotion, Integer> emotions(@Nullable String text) {
        try {
            return text == null ? null : json.readValue(text, EMOTIONS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an interaction's emotions are no JSON", e);
        }
    }
}
