package io.rapport.local.stack;

import java.nio.file.FileSystemException;

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

    /**
     * With the system's reason, which many of its exceptions keep in their name instead of their
     * message.
     */
    public static CannotGoOn because(String what, Exception cause) {
        String reason =
                cause instanceof FileSystemException file && file.getReason() == null
                        ? cause.getClass().getSimpleName() + " " + file.getFile()
                        : String.valueOf(cause.getMessage());
        return new CannotGoOn(what + ": " + reason, cause);
    }
}
