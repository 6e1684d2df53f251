package io.rapport.bench.measure;

/**
 * CPU ticks of one process as {@code /proc/<pid>/stat} counts them: its own, and those of its
 * children that have ended.
 */
record ProcStat(long user, long system, long childrenUser, long childrenSystem) {
    private static final int USER = 11;

    /** The name of the program, in brackets, may itself hold blanks and brackets. */
    static ProcStat parse(String line) {
        String[] afterName = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return new ProcStat(
                Long.parseLong(afterName[USER]),
                Long.parseLong(afterName[USER + 1]),
                Long.parseLong(afterName[USER + 2]),
                Long.parseLong(afterName[USER + 3]));
    }

    long own() {
        return user + system;
    }

    long withEndedChildren() {
        return own() + childrenUser + childrenSystem;
    }
}
