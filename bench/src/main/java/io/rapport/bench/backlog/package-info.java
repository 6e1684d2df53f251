/** How a long outbox drains, and how fast its events are applied and replayed. */
@NullMarked
package io.rapport.bench.backlog;

import org.jspecify.annotations.NullMarked;
