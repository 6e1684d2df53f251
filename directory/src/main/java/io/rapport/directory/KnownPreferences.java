package io.rapport.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * What customers prefer, from this service's own database, where {@code
 * rapport.directory.preferences} lets it be kept; a survivor's with those of its members.
 */
@ApplicationScoped
public class KnownPreferences {

    private static final TypeReference<List<KnownPreference>> LIST = new TypeReference<>() {};

    private final Jdbi jdbi;
    private final ObjectMapper json;

    KnownPreferences(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /** Of one key the first holds. */
    public List<KnownPreference> of(UUID customer) {
        return jdbi.withHandle(
                handle ->
                        handle.select(
                                        "SELECT preferences FROM directory_customer WHERE customer_id = ? AND preferences IS NOT NULL",
                                        customer)
                                .mapTo(String.class)
                                .findOne()
                                .map(this::read)
                                .orElse(List.of()));
    }

    private List<KnownPreference> read(String text) {
        try {
            return json.readValue(text, LIST);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a customer's preferences are no such JSON", e);
        }
    }
}
