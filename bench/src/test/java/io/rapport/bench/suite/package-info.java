/** Tests. */
@NullMarked
package io.rapport.bench.suite;

import org.jspecify.annotations.NullMarked;
