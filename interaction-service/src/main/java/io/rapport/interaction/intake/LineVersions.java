package io.rapport.interaction.intake;

import io.rapport.platform.event.ConsumerProgress;
import io.rapport.platform.event.Versions.Entry;
import io.rapport.platform.http.VersionTokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The version token of each line of a batch, whose lines may be about many customers. */
@ApplicationScoped
class LineVersions {

    private final ConsumerProgress progress;
    private final String service;

    LineVersions(
            ConsumerProgress progress, @ConfigProperty(name = "rapport.service") String service) {
        this.progress = progress;
        this.service = service;
    }

    /** Of a line whose event is the customer's number {@code sequence}. */
    String written(UUID customer, long sequence) {
        return VersionTokens.render(new Entry(service, customer, sequence));
    }

    /**
     * Of a line that was known before: all that this service has published of the customer by now.
     */
    String seen(UUID customer) {
        return progress.seenOf(List.of(customer)).stream()
                .filter(entry -> entry.stream().equals(service))
                .findFirst()
                .map(VersionTokens::render)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "Nothing is published of a customer with interactions"));
    }
}
