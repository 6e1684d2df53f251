package io.rapport.customer.importing;

import io.rapport.customer.identity.IdentityClaims;
import io.rapport.customer.importing.CustomerImport.Rows;
import io.rapport.customer.profile.AttributeReading;
import io.rapport.customer.profile.ChangeActor;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.ErasedIdentities;
import io.rapport.customer.profile.KnownAttributes;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Cause;
import io.rapport.platform.http.Problem;
import io.rapport.platform.http.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import jakarta.validation.ConstraintViolationException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes in the next rows of an import: what becomes of them, their problems and the new position
 * are one transaction, which holds the import's row. Customers are held in the order of their ids,
 * then identities claimed in theirs, as by all who hold several.
 */
@ApplicationScoped
class ImportWork {

    /** An identity got, or changed, its owner between the look and the lock: try again. */
    static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Overtaken() {
            super("an identity has changed hands", null, false, false);
        }
    }

    private final ImportRows imports;
    private final ImportProblems kept;
    private final ImportAhead ahead;
    private final ImportRules rules;
    private final ImportConfig config;
    private final IdentityClaims claims;
    private final AttributeReading attributes;
    private final CustomerRows customers;
    private final ErasedIdentities erased;
    private final CustomerRegister register;
    private final ImportComparing comparing;
    private final Problems problems;
    private final Clock clock;

    ImportWork(
            ImportRows imports,
            ImportProblems kept,
            ImportAhead ahead,
            ImportRules rules,
            ImportConfig config,
            IdentityClaims claims,
            AttributeReading attributes,
            CustomerRows customers,
            ErasedIdentities erased,
            CustomerRegister register,
            ImportComparing comparing,
            Problems problems,
            Clock clock) {
        this.imports = imports;
        this.kept = kept;
        this.ahead = ahead;
        this.rules = rules;
        this.config = config;
        this.claims = claims;
        this.attributes = attributes;
        this.customers = customers;
        this.erased = erased;
        this.register = register;
        this.comparing = comparing;
        this.problems = problems;
        this.clock = clock;
    }

    /**
     * Takes in at most so many rows, or compares so many customers; once the import has ended it
     * deletes some of what that holds; false when nothing is left to do.
     */
    @Transactional(TxType.REQUIRES_NEW)
    boolean advance(UUID id, int most) {
        ImportJob job = imports.hold(id).orElse(null);
        if (job == null || job.told().state() != ImportState.RUNNING) {
            ahead.forget(id);
        }
        if (job == null) {
            return false;
        }
        return switch (job.told().state()) {
            case UPLOADING -> false;
            case RUNNING -> advance(job, most);
            case COMPARING -> comparing.advance(job, most);
            case COMPLETED, FAILED, CANCELLED -> comparing.deleteSome(id);
        };
    }

    /**
     * Refuses the next row for a problem that it met whenever it was to be written, or passes over
     * the next customer for one that it met whenever it was to be compared.
     */
    @Transactional(TxType.REQUIRES_NEW)
    boolean refuse(UUID id, Problem problem) {
        ImportJob job = workedOn(id).orElse(null);
        if (job == null) {
            return false;
        }
        if (job.told().state() == ImportState.COMPARING) {
            return comparing.passOver(job);
        }
        RowsRead read = ahead.read(job, 1);
        List<ImportProblem> refused = new ArrayList<>(read.problems());
        read.rows().forEach(row -> refused.add(ImportProblem.of(row.number(), problem)));
        return move(job, read, refused, new Outcome(0, 0, 0, 0));
    }

    /** Ends an import that cannot go on. */
    @Transactional(TxType.REQUIRES_NEW)
    boolean giveUp(UUID id) {
        if (workedOn(id).isPresent()) {
            imports.end(id, ImportState.FAILED, "internal-error", clock.instant());
        }
        return true;
    }

    /** How many rows did what, and how many customers that are to be compared they wrote. */
    private record Outcome(int created, int updated, int unchanged, int toCompare) {}

    private Optional<ImportJob> workedOn(UUID id) {
        return imports.hold(id).filter(job -> job.told().state().isWorkedOn());
    }

    private boolean advance(ImportJob job, int most) {
        RowsRead read;
        try {
            read = ahead.read(job, most);
        } catch (Refusal unreadable) {
            fail(job, unreadable);
            return true;
        }
        ahead.readBehind(job, read);
        UUID id = job.told().id();
        return Cause.working(
                id, () -> ChangeActor.actingFor(job.behalf(), () -> takeIn(job, read)));
    }

    private boolean takeIn(ImportJob job, RowsRead untyped) {
        KnownAttributes known = attributes.known(named(untyped.rows(), ImportedRow::attributes));
        RowsRead whole = untyped.with(row -> row.typed(known));
        Owners owners = owners(whole.rows());
        Map<UUID, Customer> held = customers.hold(owners.all());
        // Where nobody was waited for, a second look is the first again: claims see who is faster.
        if (!owners.all().isEmpty() && !owners(whole.rows()).equals(owners)) {
            throw new Overtaken();
        }
        ImportPlan plan =
                new ImportPlan(
                        job.told().mode(), owners, held, erasedIn(whole.rows(), owners), rules);
        List<ImportProblem> refused = new ArrayList<>(whole.problems());
        RowsRead read = whole;
        for (ImportedRow row : whole.rows()) {
            if (plan.knows(row)) {
                read = whole.before(row);
                break;
            }
            try {
                plan.add(row);
            } catch (Refusal | ConstraintViolationException refusal) {
                refused.add(ImportProblem.of(row.number(), problems.of(refusal)));
            }
        }
        int toCompare = job.told().dryRun() ? 0 : write(job, plan);
        long end = read.last();
        refused.removeIf(problem -> problem.row() > end);
        return move(
                job,
                read,
                refused,
                new Outcome(plan.created(), plan.updated(), plan.unchanged(), toCompare));
    }

    private Owners owners(List<ImportedRow> rows) {
        return new Owners(
                claims.owners(named(rows, row -> row.identities().stream())),
                attributes.owners(named(rows, row -> row.keys().stream())));
    }

    private ErasedInRows erasedIn(List<ImportedRow> rows, Owners owners) {
        return new ErasedInRows(
                erased.among(
                        named(
                                rows,
                                row ->
                                        row.identities().stream()
                                                .filter(one -> !owners.isOwned(one)))),
                erased.amongKeys(
                        named(
                                rows,
                                row -> row.keys().stream().filter(one -> !owners.isOwned(one)))));
    }

    private static <T> Set<T> named(
            List<ImportedRow> rows, Function<ImportedRow, Stream<T>> names) {
        return rows.stream().flatMap(names).collect(Collectors.toSet());
    }

    private int write(ImportJob job, ImportPlan plan) {
        if (claims.claim(plan.claims()) != plan.claims().size()) {
            throw new Overtaken();
        }
        return comparing.note(job.told().id(), register.writeMany(plan.writes()));
    }

    private boolean move(
            ImportJob job, RowsRead read, List<ImportProblem> refused, Outcome outcome) {
        CustomerImport told = job.told();
        Rows before = job.rows();
        long room = config.problemsKept() - before.refused();
        kept.keep(
                told.id(),
                refused.stream()
                        .sorted(Comparator.comparingLong(ImportProblem::row))
                        .limit(Math.max(0, room))
                        .toList());
        Rows after =
                new Rows(
                        read.last(),
                        before.created() + outcome.created(),
                        before.updated() + outcome.updated(),
                        before.unchanged() + outcome.unchanged(),
                        before.refused() + refused.size());
        long position = told.bytesRead() + read.end();
        imports.move(
                told.id(),
                new ImportJob.Progress(
                        position, read.inLongRow(), after, outcome.toCompare(), read.columns()));
        if (read.atEnd()) {
            end(job, after, read, told.comparison().customers() + outcome.toCompare());
        }
        return true;
    }

    private void end(ImportJob job, Rows rows, RowsRead read, long toCompare) {
        boolean names = read.columns() != null;
        boolean none = rows.created() + rows.updated() + rows.unchanged() + rows.refused() == 0;
        if (none && !names) {
            fail(job, Refusal.invalid("empty-file", "The file holds neither names nor rows."));
        } else if (toCompare > 0) {
            imports.compare(job.told().id(), clock.instant());
        } else {
            imports.end(job.told().id(), ImportState.COMPLETED, null, clock.instant());
        }
    }

    private void fail(ImportJob job, Refusal refusal) {
        UUID id = job.told().id();
        kept.keep(id, List.of(ImportProblem.of(0, problems.of(refusal))));
        imports.end(id, ImportState.FAILED, refusal.code(), clock.instant());
    }
}
