package io.rapport.customer.erasure;

/** Where an erasure stands. */
public enum ErasureState {
    RUNNING,
    COMPLETED
}
