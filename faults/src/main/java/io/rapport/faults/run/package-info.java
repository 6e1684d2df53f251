/** Rounds of load, fault and audit on a stack of their own, and what is told of them. */
@NullMarked
package io.rapport.faults.run;

import org.jspecify.annotations.NullMarked;
