/** How long a purchase takes to become points in the context. */
@NullMarked
package io.rapport.bench.propagation;

import org.jspecify.annotations.NullMarked;
