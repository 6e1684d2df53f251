/** Tests. */
@NullMarked
package io.rapport.bench.recording;

import org.jspecify.annotations.NullMarked;
