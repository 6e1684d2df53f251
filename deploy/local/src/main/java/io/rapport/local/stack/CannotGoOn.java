package io.rapport.local.stack;

/**
 * Something that only the person at the terminal can put right. The message says what is wrong and
 * what to do, and is printed as it is, without a stack trace.
 */
public final class CannotGoOn extends RuntimeException {
    public CannotGoOn(String message) {
        super(message);
    }

    public CannotGoOn(String message, Throwable cause) {
        super(message, cause);
    }
}
