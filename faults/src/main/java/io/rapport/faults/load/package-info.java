/** A random load with a ledger of what it was promised. */
@NullMarked
package io.rapport.faults.load;

import org.jspecify.annotations.NullMarked;
