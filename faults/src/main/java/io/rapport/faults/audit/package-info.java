/** What must hold when the noise is over: A1 to A7, each of which can find its violation. */
@NullMarked
package io.rapport.faults.audit;

import org.jspecify.annotations.NullMarked;
