package io.rapport.bench.measure;

import java.time.Duration;

/** One of two ways to do the same operation. */
@FunctionalInterface
public interface Side {
    /** Does it over and over for so long, with as many callers as the other side has. */
    Load run(Duration time);
}
