package io.rapport.interaction.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.rapport.directory.Directory;
import io.rapport.interaction.Interaction;
import io.rapport.interaction.type.Vocabularies;
import io.rapport.interaction.type.Vocabulary;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import io.rapport.platform.http.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/**
 * Takes in a body of many interactions. Each line stands alone: one that is refused holds back no
 * other. What has been recorded stays recorded when a later part of the batch fails; sending all of
 * it again settles the rest.
 */
@ApplicationScoped
class BatchIntake {

    private record Told(int line, NewInteraction interaction) {}

    private record Ready(int line, Resolved submission) {}

    private final Intake intake;
    private final Directory directory;
    private final Vocabularies vocabularies;
    private final Problems problems;
    private final OwnSources sources;
    private final Births births;
    private final LineVersions versions;
    private final Clock clock;
    private final BatchConfig config;
    private final ObjectReader json;

    BatchIntake(
            Intake intake,
            Directory directory,
            Vocabularies vocabularies,
            Problems problems,
            OwnSources sources,
            Births births,
            LineVersions versions,
            Clock clock,
            BatchConfig config,
            ObjectMapper mapper) {
        this.intake = intake;
        this.directory = directory;
        this.vocabularies = vocabularies;
        this.problems = problems;
        this.sources = sources;
        this.births = births;
        this.versions = versions;
        this.clock = clock;
        this.config = config;
        this.json = mapper.readerFor(Submission.class);
    }

    /** Answers a result for each line that is not blank, in the order of the lines. */
    Collection<LineResult> record(InputStream body) throws IOException {
        Lines lines = Lines.read(body, config.maxBytes(), config.maxLines());
        SortedMap<Integer, LineResult> results = new TreeMap<>();
        resolved(read(lines, results), results).stream()
                .gather(Gatherers.windowFixed(config.linesPerTransaction()))
                .forEach(chunk -> record(chunk, results));
        return results.values();
    }

    private List<Told> read(Lines lines, Map<Integer, LineResult> results) {
        Vocabulary vocabulary = vocabularies.current();
        Instant now = clock.instant();
        List<Told> told = new ArrayList<>();
        for (Lines.Line line : lines.lines()) {
            try {
                NewInteraction interaction = submission(lines, line).checked(vocabulary, now);
                sources.require(interaction);
                intake.requireMayCome(interaction);
                told.add(new Told(line.number(), interaction));
            } catch (IOException | Refusal refused) {
                results.put(line.number(), LineResult.refused(line.number(), problems.of(refused)));
            }
        }
        return told;
    }

    private Submission submission(Lines lines, Lines.Line line) throws IOException {
        Submission submission = json.readValue(lines.body(), line.from(), line.length());
        if (submission == null) {
            throw Refusal.invalid(
                    "invalid-fields",
                    "Some fields are not as they must be.",
                    new FieldError("", "must be an object"));
        }
        return submission;
    }

    /** Asks the directory once for all lines. */
    private List<Ready> resolved(List<Told> told, Map<Integer, LineResult> results) {
        Directory.Named named =
                directory.awaitAll(
                        told.stream()
                                .map(line -> line.interaction().customer())
                                .collect(Collectors.toSet()));
        List<Ready> ready = new ArrayList<>();
        for (Told line : told) {
            CustomerReference reference = line.interaction().customer();
            UUID customer = named.customers().get(reference);
            if (customer == null) {
                Refusal refusal =
                        named.erased().contains(reference)
                                ? Refusal.customerErased()
                                : OwnSources.unknownCustomer();
                results.put(line.line(), LineResult.refused(line.line(), problems.of(refusal)));
            } else {
                try {
                    births.require(line.interaction(), named.birthdays().get(customer));
                    ready.add(new Ready(line.line(), new Resolved(line.interaction(), customer)));
                } catch (Refusal refused) {
                    results.put(line.line(), LineResult.refused(line.line(), problems.of(refused)));
                }
            }
        }
        return ready;
    }

    /** One who is erased just now holds back nobody else's lines. */
    private void record(List<Ready> chunk, Map<Integer, LineResult> results) {
        try {
            recordTogether(chunk, results);
        } catch (Refusal refused) {
            if (chunk.size() > 1) {
                chunk.forEach(line -> record(List.of(line), results));
            } else {
                int line = chunk.getFirst().line();
                results.put(line, LineResult.refused(line, problems.of(refused)));
            }
        }
    }

    private void recordTogether(List<Ready> chunk, Map<Integer, LineResult> results) {
        List<Outcome> outcomes = intake.record(chunk.stream().map(Ready::submission).toList());
        Map<UUID, String> seen = new HashMap<>();
        for (int i = 0; i < chunk.size(); i++) {
            int line = chunk.get(i).line();
            results.put(
                    line,
                    switch (outcomes.get(i)) {
                        case Outcome.Recorded(Interaction interaction, long sequence) ->
                                LineResult.accepted(
                                        line,
                                        201,
                                        interaction.id(),
                                        versions.written(interaction.customer(), sequence));
                        case Outcome.Repeated(UUID interaction, UUID customer) ->
                                LineResult.accepted(
                                        line,
                                        200,
                                        interaction,
                                        seen.computeIfAbsent(customer, versions::seen));
                        case Outcome.Differs _ ->
                                LineResult.refused(line, problems.of(Outcome.Differs.refusal()));
                    });
        }
    }
}
