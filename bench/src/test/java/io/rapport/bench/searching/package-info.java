/** Tests. */
@NullMarked
package io.rapport.bench.searching;

import org.jspecify.annotations.NullMarked;
