/** Callers: over HTTP in a closed or an open loop, and over plain JDBC. */
@NullMarked
package io.rapport.bench.load;

import org.jspecify.annotations.NullMarked;
