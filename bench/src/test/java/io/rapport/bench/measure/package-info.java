/** Tests. */
@NullMarked
package io.rapport.bench.measure;

import org.jspecify.annotations.NullMarked;
