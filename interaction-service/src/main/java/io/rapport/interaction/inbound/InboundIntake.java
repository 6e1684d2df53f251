package io.rapport.interaction.inbound;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.rapport.interaction.inbound.InboundMetrics.Result;
import io.rapport.interaction.inbound.InboundPositions.Position;
import io.rapport.interaction.intake.Intake;
import io.rapport.interaction.intake.Outcome;
import io.rapport.interaction.intake.Resolved;
import io.rapport.interaction.intake.Screened;
import io.rapport.interaction.intake.Screening;
import io.rapport.interaction.intake.Sender;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.EventFailures;
import io.rapport.platform.http.Problem;
import io.rapport.platform.http.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes messages in as a batch takes lines in: what is recorded, what is refused and the move of
 * the position are one transaction, so that each message has its effect, or its rejection, once,
 * whoever dies when. Only what is wrong with a message is told of it; a failure of the surroundings
 * is thrown, and has done nothing.
 */
@ApplicationScoped
class InboundIntake {

    private final Screening screening;
    private final CustomersOfMessages customers;
    private final Intake intake;
    private final InboundPositions positions;
    private final Rejections rejections;
    private final NamedPlaces places;
    private final Problems problems;
    private final InboundMetrics metrics;
    private final Clock clock;
    private final int maxBytes;
    private final Semaphore transactions;

    InboundIntake(
            Screening screening,
            CustomersOfMessages customers,
            Intake intake,
            InboundPositions positions,
            Rejections rejections,
            NamedPlaces places,
            Problems problems,
            InboundMetrics metrics,
            Clock clock,
            InboundConfig config) {
        this.screening = screening;
        this.customers = customers;
        this.intake = intake;
        this.positions = positions;
        this.rejections = rejections;
        this.places = places;
        this.problems = problems;
        this.metrics = metrics;
        this.clock = clock;
        this.maxBytes = config.maxMessageBytes();
        this.transactions = new Semaphore(config.atOnce(), true);
    }

    /** Takes all of them in; when one fails, one after the other. */
    void take(Partner partner, Stretch stretch) {
        try {
            record(partner, stretch, screened(partner, stretch));
        } catch (RuntimeException e) {
            requireOfTheMessage(e);
            stretch.singles().forEach(single -> takeOrRefuse(partner, single));
        }
    }

    private void takeOrRefuse(Partner partner, Stretch single) {
        try {
            record(partner, single, screened(partner, single));
        } catch (RuntimeException e) {
            requireOfTheMessage(e);
            record(partner, single, List.of(new Screened.Refused(e)));
        }
    }

    private static void requireOfTheMessage(RuntimeException failure) {
        if (failure instanceof InboundPositions.Moved || !EventFailures.ofTheEvent(failure)) {
            throw failure;
        }
    }

    private List<Screened> screened(Partner partner, Stretch stretch) {
        List<Screening.Piece> pieces = new ArrayList<>();
        List<Optional<Refusal>> refused =
                stretch.messages().stream().map(this::objectionTo).toList();
        for (int i = 0; i < refused.size(); i++) {
            if (refused.get(i).isEmpty()) {
                byte[] json = stretch.messages().get(i).value();
                pieces.add(new Screening.Piece(json, 0, json.length));
            }
        }
        Iterator<Screened> others =
                screening
                        .screen(
                                pieces,
                                Sender.partner(partner::speaksFor),
                                references -> customers.find(references, stretch))
                        .iterator();
        List<Screened> all = new ArrayList<>();
        for (Optional<Refusal> why : refused) {
            all.add(why.isPresent() ? new Screened.Refused(why.get()) : others.next());
        }
        return all;
    }

    /** What is wrong with the message, whatever its content is. */
    private Optional<Refusal> objectionTo(ConsumerRecord<byte[], byte[]> message) {
        if (message.key() == null || message.key().length == 0) {
            return Optional.of(
                    Refusal.invalid(
                            "message-without-key",
                            "A message needs a key: what one customer is named by, so that theirs keep their order."));
        }
        if (message.value() == null) {
            return Optional.of(
                    Refusal.invalid("message-without-value", "A message holds an interaction."));
        }
        if (message.value().length > maxBytes) {
            return Optional.of(
                    Refusal.tooLarge(
                            "message-too-large", "A message has at most " + maxBytes + " bytes."));
        }
        return Optional.empty();
    }

    private void record(Partner partner, Stretch stretch, List<Screened> screened) {
        transactions.acquireUninterruptibly();
        try {
            Map<Result, Integer> results =
                    QuarkusTransaction.requiringNew()
                            .call(() -> recordTogether(partner, stretch, screened));
            results.forEach((result, count) -> metrics.count(partner, result, count));
        } finally {
            transactions.release();
        }
    }

    private Map<Result, Integer> recordTogether(
            Partner partner, Stretch stretch, List<Screened> screened) {
        Position before = positions.move(partner, stretch);
        Iterator<Outcome> outcomes = recorded(screened).iterator();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<Result, Integer> results = new TreeMap<>();
        List<Rejected> rejected = new ArrayList<>();
        for (int i = 0; i < screened.size(); i++) {
            Optional<Exception> why = Optional.empty();
            Result result = Result.REJECTED;
            switch (screened.get(i)) {
                case Screened.Refused(Exception refused) -> why = Optional.of(refused);
                case Screened.Passed _ -> {
                    switch (outcomes.next()) {
                        case Outcome.Recorded _ -> result = Result.RECORDED;
                        case Outcome.Repeated _ -> result = Result.REPEATED;
                        case Outcome.Differs _ -> why = Optional.of(Outcome.Differs.refusal());
                    }
                }
            }
            if (why.isPresent()) {
                Problem problem = problems.of(why.get());
                result = problem.status() >= 500 ? Result.FAILED : Result.REJECTED;
                // What was told before is not told again when it is read again.
                if (stretch.messages().get(i).offset() >= before.reached()) {
                    rejected.add(rejected(partner, stretch.messages().get(i), problem, now));
                }
            }
            results.merge(result, 1, Integer::sum);
        }
        rejections.add(partner, before.topicId(), rejected);
        return results;
    }

    private List<Outcome> recorded(List<Screened> screened) {
        List<Resolved> passed =
                screened.stream()
                        .filter(Screened.Passed.class::isInstance)
                        .map(one -> ((Screened.Passed) one).submission())
                        .toList();
        return passed.isEmpty() ? List.of() : intake.record(passed);
    }

    private Rejected rejected(
            Partner partner, ConsumerRecord<byte[], byte[]> message, Problem problem, Instant now) {
        return new Rejected(
                partner.inbound(),
                message.partition(),
                message.offset(),
                places.withoutContent(problem),
                now);
    }
}
