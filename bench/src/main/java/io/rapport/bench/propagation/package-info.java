/** How long a purchase takes to become points in the context, and whether who asks sees them. */
@NullMarked
package io.rapport.bench.propagation;

import org.jspecify.annotations.NullMarked;
