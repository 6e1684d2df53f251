/** The events that a service could not apply: seen, retried and discarded by an admin. */
@NullMarked
package io.rapport.operations.parked;

import org.jspecify.annotations.NullMarked;
