package io.rapport.faults.audit;

/** One way in which the suite is not what it must be; {@code what} names the ids. */
public record Finding(String audit, String what) {
    @Override
    public String toString() {
        return audit + ": " + what;
    }
}
