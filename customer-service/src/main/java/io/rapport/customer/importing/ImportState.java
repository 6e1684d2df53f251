package io.rapport.customer.importing;

/** Where an import stands. Only the first two change any more. */
public enum ImportState {
    UPLOADING,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED;

    boolean hasEnded() {
        return this != UPLOADING && this != RUNNING;
    }
}
