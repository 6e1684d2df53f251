/** A purchase recorded, and the outbox drained of it. */
@NullMarked
package io.rapport.bench.recording;

import org.jspecify.annotations.NullMarked;
