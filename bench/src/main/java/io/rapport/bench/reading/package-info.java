/** A customer read by id. */
@NullMarked
package io.rapport.bench.reading;

import org.jspecify.annotations.NullMarked;
