package io.rapport.interaction.thread;

import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Undoes a merge or a split, each once. */
@ApplicationScoped
class Undoings {

    private final Matters matters;
    private final OperationRows operations;
    private final Merges merges;
    private final Splits splits;

    Undoings(Matters matters, OperationRows operations, Merges merges, Splits splits) {
        this.matters = matters;
        this.operations = operations;
        this.merges = merges;
        this.splits = splits;
    }

    /** Holds the customers of both threads, who may not be one any more. */
    @Transactional(TxType.MANDATORY)
    ThreadOperation undo(UUID thread, UUID operation) {
        Matter matter = matters.require(thread);
        ThreadOperation done = require(operation);
        if (!matter.threads().contains(done.thread())) {
            throw unknown();
        }
        Set<UUID> customers = new HashSet<>(matter.customers());
        customers.addAll(matters.customers(matters.find(done.other()).customer()));
        matters.hold(customers);
        if (require(operation).undone()) {
            throw Refusal.conflict("already-undone", "This was undone before.");
        }
        return switch (done.kind()) {
            case MERGED -> merges.undo(done);
            case SPLIT -> splits.undo(done);
            case UNDONE ->
                    throw Refusal.conflict(
                            "cannot-be-undone",
                            "This undid another operation. Merge or split the threads again.");
        };
    }

    private ThreadOperation require(UUID operation) {
        return operations.find(operation).orElseThrow(Undoings::unknown);
    }

    private static Refusal unknown() {
        return Refusal.notFound(
                "unknown-operation", "There is no operation with this id on this thread.");
    }
}
