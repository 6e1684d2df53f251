package io.rapport.faults.fault;

/** A fault that this system cannot be brought to. The message says why, and what it would need. */
public final class NotHere extends RuntimeException {
    NotHere(String message) {
        super(message);
    }
}
