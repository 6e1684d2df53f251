package io.rapport.platform.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What a class, or everybody, says in the log, from now until this is closed. Thread-safe. */
public final class LogLines implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger log;
    private final Handler listener =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    lines.add(new SimpleFormatter().formatMessage(line));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    private LogLines(Logger log) {
        this.log = log;
        log.addHandler(listener);
    }

    public static LogLines of(Class<?> speaker) {
        return new LogLines(Logger.getLogger(speaker.getName()));
    }

    /** What anybody says that is not kept back by its level. */
    public static LogLines ofAll() {
        return new LogLines(Logger.getLogger(""));
    }

    /** Those so far, in their order. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        log.removeHandler(listener);
    }
}
