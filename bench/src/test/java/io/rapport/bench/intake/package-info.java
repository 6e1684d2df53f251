/** Tests. */
@NullMarked
package io.rapport.bench.intake;

import org.jspecify.annotations.NullMarked;
