package io.rapport.interaction.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.rapport.directory.Directory.Named;
import io.rapport.interaction.type.Vocabularies;
import io.rapport.interaction.type.Vocabulary;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All checks of submissions that come many at once, by whatever way: each stands alone, and one
 * that is refused holds back no other. Customers are asked for once, for all of them. Holds no
 * transaction.
 */
@ApplicationScoped
public class Screening {

    /** The JSON of a submission, a part of {@code body}. */
    public record Piece(byte[] body, int from, int length) {}

    private final Intake intake;
    private final Vocabularies vocabularies;
    private final Births births;
    private final Clock clock;
    private final ObjectReader json;

    Screening(
            Intake intake,
            Vocabularies vocabularies,
            Births births,
            Clock clock,
            ObjectMapper mapper) {
        this.intake = intake;
        this.vocabularies = vocabularies;
        this.births = births;
        this.clock = clock;
        this.json = mapper.readerFor(Submission.class);
    }

    /** Answers in the order given. {@code customers} finds those who are named. */
    public List<Screened> screen(
            List<Piece> pieces,
            Sender sender,
            Function<Collection<CustomerReference>, Named> customers) {
        Vocabulary vocabulary = vocabularies.current();
        Instant now = clock.instant();
        SortedMap<Integer, Screened> results = new TreeMap<>();
        Map<Integer, NewInteraction> told = new LinkedHashMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            try {
                NewInteraction interaction = submission(pieces.get(i)).checked(vocabulary, now);
                sender.require(interaction);
                intake.requireMayCome(interaction);
                told.put(i, interaction);
            } catch (IOException | Refusal refused) {
                results.put(i, new Screened.Refused(refused));
            }
        }
        Named named =
                customers.apply(
                        told.values().stream()
                                .map(NewInteraction::customer)
                                .collect(Collectors.toSet()));
        told.forEach((i, interaction) -> results.put(i, resolved(interaction, sender, named)));
        return List.copyOf(results.values());
    }

    private Submission submission(Piece piece) throws IOException {
        Submission submission = json.readValue(piece.body(), piece.from(), piece.length());
        if (submission == null) {
            throw Refusal.invalid(
                    "invalid-fields",
                    "Some fields are not as they must be.",
                    new FieldError("", "must be an object"));
        }
        return submission;
    }

    private Screened resolved(NewInteraction interaction, Sender sender, Named named) {
        UUID customer = named.customers().get(interaction.customer());
        if (customer == null) {
            return new Screened.Refused(
                    named.erased().contains(interaction.customer())
                            ? Refusal.customerErased()
                            : Sender.unknownCustomer());
        }
        try {
            births.require(interaction, sender, named.birthdays().get(customer));
            return new Screened.Passed(new Resolved(interaction, customer));
        } catch (Refusal refused) {
            return new Screened.Refused(refused);
        }
    }
}
