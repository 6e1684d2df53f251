/** Tests of what lies beside it. */
@NullMarked
package io.rapport.faults.wire;

import org.jspecify.annotations.NullMarked;
