package io.rapport.local.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** A bar in a terminal, one line at the end elsewhere. Thread-safe. */
final class Progress {
    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = 100_000_000;

    private final PrintStream out;
    private final boolean terminal;
    private final String label;
    private final long total;
    private final long begun = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private long drawn;

    Progress(PrintStream out, boolean terminal, String label, long total) {
        this.out = out;
        this.terminal = terminal;
        this.label = label;
        this.total = total;
    }

    void advance(long by) {
        long now = done.addAndGet(by);
        if (terminal) {
            draw(now, false);
        }
    }

    void finish() {
        draw(done.get(), true);
    }

    private synchronized void draw(long now, boolean last) {
        long nanoTime = System.nanoTime();
        if (!last && nanoTime - drawn < REDRAW_NANOS) {
            return;
        }
        drawn = nanoTime;
        double seconds = Math.max(1e-3, (nanoTime - begun) / 1e9);
        String figures =
                String.format(Locale.ROOT, "%,d of %,d, %,.0f/s", now, total, now / seconds);
        if (!terminal) {
            out.printf("%-12s %s%n", label, figures);
            return;
        }
        int filled = total == 0 ? WIDTH : (int) Math.min(WIDTH, now * WIDTH / total);
        out.printf(
                "\r%-12s [%s%s] %s\u001b[K",
                label, "#".repeat(filled), " ".repeat(WIDTH - filled), figures);
        if (last) {
            out.println();
        }
        out.flush();
    }
}
