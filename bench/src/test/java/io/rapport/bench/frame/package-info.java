/** Tests. */
@NullMarked
package io.rapport.bench.frame;

import org.jspecify.annotations.NullMarked;
