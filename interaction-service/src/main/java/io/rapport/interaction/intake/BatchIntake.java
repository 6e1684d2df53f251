package io.rapport.interaction.intake;

import io.rapport.directory.Directory;
import io.rapport.interaction.Interaction;
import io.rapport.platform.Refusal;
import io.rapport.platform.http.Problems;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Gatherers;

/**
 * Takes in a body of many interactions. Each line stands alone: one that is refused holds back no
 * other. What has been recorded stays recorded when a later part of the batch fails; sending all of
 * it again settles the rest.
 */
@ApplicationScoped
class BatchIntake {

    private record Ready(int line, Resolved submission) {}

    private final Screening screening;
    private final Intake intake;
    private final Directory directory;
    private final Problems problems;
    private final Caller caller;
    private final LineVersions versions;
    private final BatchConfig config;

    BatchIntake(
            Screening screening,
            Intake intake,
            Directory directory,
            Problems problems,
            Caller caller,
            LineVersions versions,
            BatchConfig config) {
        this.screening = screening;
        this.intake = intake;
        this.directory = directory;
        this.problems = problems;
        this.caller = caller;
        this.versions = versions;
        this.config = config;
    }

    /** Answers a result for each line that is not blank, in the order of the lines. */
    Collection<LineResult> record(InputStream body) throws IOException {
        Lines lines = Lines.read(body, config.maxBytes(), config.maxLines());
        SortedMap<Integer, LineResult> results = new TreeMap<>();
        ready(lines, results).stream()
                .gather(Gatherers.windowFixed(config.linesPerTransaction()))
                .forEach(chunk -> record(chunk, results));
        return results.values();
    }

    private List<Ready> ready(Lines lines, Map<Integer, LineResult> results) {
        List<Screened> screened =
                screening.screen(
                        lines.lines().stream()
                                .map(
                                        line ->
                                                new Screening.Piece(
                                                        lines.body(), line.from(), line.length()))
                                .toList(),
                        Sender.of(caller),
                        directory::awaitAll);
        List<Ready> ready = new ArrayList<>();
        for (int i = 0; i < screened.size(); i++) {
            int line = lines.lines().get(i).number();
            switch (screened.get(i)) {
                case Screened.Passed(Resolved submission) -> ready.add(new Ready(line, submission));
                case Screened.Refused(Exception why) ->
                        results.put(line, LineResult.refused(line, problems.of(why)));
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
