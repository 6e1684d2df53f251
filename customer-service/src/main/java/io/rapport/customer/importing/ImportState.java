package io.rapport.customer.importing;

/** Where an import stands. Only the first three change any more. */
public enum ImportState {
    UPLOADING,
    /** Its rows are taken in. */
    RUNNING,
    /** They all are; who was written is compared with those who are like them. */
    COMPARING,
    COMPLETED,
    FAILED,
    CANCELLED;

    boolean hasEnded() {
        return this != UPLOADING && !isWorkedOn();
    }

    boolean isWorkedOn() {
        return this == RUNNING || this == COMPARING;
    }
}
