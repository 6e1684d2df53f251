/**
 * PostgreSQL, Kafka and the four services as child processes on one machine: started in order,
 * watched, and stopped without a trace.
 */
@NullMarked
package io.rapport.local.stack;

import org.jspecify.annotations.NullMarked;
