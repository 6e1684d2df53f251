/** Tests. */
@NullMarked
package io.rapport.bench.timeline;

import org.jspecify.annotations.NullMarked;
