package io.rapport.directory;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of the directory, and what it keeps. */
@ConfigMapping(prefix = "rapport.directory")
public interface DirectoryConfig {

    /** How long a write that names an unknown customer waits for it to become known. */
    @WithDefault("PT2S")
    Duration patience();

    /** How often it looks while it waits. */
    @WithDefault("PT0.02S")
    Duration poll();

    /** Requests that may wait at the same time; one more is answered at once. */
    @WithDefault("200")
    int waiters();

    /** Whether it keeps when customers were born: only where a service has a use for it. */
    @WithDefault("false")
    boolean birthdays();

    /** Whether it keeps what customers prefer: only where a service has a use for it. */
    @WithDefault("false")
    boolean preferences();
}
