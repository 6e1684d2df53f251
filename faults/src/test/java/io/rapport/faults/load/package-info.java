/** Tests of what lies beside it. */
@NullMarked
package io.rapport.faults.load;

import org.jspecify.annotations.NullMarked;
