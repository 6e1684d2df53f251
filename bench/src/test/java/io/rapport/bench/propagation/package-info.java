/** Tests. */
@NullMarked
package io.rapport.bench.propagation;

import org.jspecify.annotations.NullMarked;
