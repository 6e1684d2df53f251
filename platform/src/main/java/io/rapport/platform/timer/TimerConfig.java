package io.rapport.platform.timer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of the timers. */
@ConfigMapping(prefix = "rapport.timer")
public interface TimerConfig {

    /** Whether this process fires timers at all. */
    @WithDefault("true")
    boolean enabled();

    /** The longest time between two looks at what is due. */
    @WithDefault("PT0.5S")
    Duration poll();

    /** How long a timer whose action failed is left alone. */
    @WithDefault("PT10S")
    Duration retry();
}
