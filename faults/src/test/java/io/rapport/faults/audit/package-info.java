/** Tests of what lies beside it. */
@NullMarked
package io.rapport.faults.audit;

import org.jspecify.annotations.NullMarked;
