/** Tests of what lies beside it. */
@NullMarked
package io.rapport.faults.topic;

import org.jspecify.annotations.NullMarked;
