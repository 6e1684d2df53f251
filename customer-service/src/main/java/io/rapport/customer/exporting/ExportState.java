package io.rapport.customer.exporting;

/** Where an export stands. Once cancelled it holds nothing any more. */
public enum ExportState {
    RUNNING,
    COMPLETED,
    CANCELLED
}
