package io.rapport.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The unit in which the kernel counts CPU time. */
final class Ticks {
    private static final long USUAL_PER_SECOND = 100;
    private static final long PER_SECOND = perSecond();

    private Ticks() {}

    static long toMicros(long ticks) {
        return ticks * 1_000_000 / PER_SECOND;
    }

    private static long perSecond() {
        try {
            Process getconf = new ProcessBuilder("getconf", "CLK_TCK").start();
            String answer =
                    new String(getconf.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return Long.parseLong(answer.strip());
        } catch (IOException | NumberFormatException e) {
            return USUAL_PER_SECOND;
        }
    }
}
