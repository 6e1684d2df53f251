package io.rapport.local.demo;

/** A line that was left out, with its number in the file and why. The rest of the file goes on. */
public record BadLine(long line, String reason) {
    @Override
    public String toString() {
        return "line " + line + ": " + reason;
    }
}
