/** Tests of what lies beside it. */
@NullMarked
package io.rapport.faults.fault;

import org.jspecify.annotations.NullMarked;
