/** What segments cost those who write customers. */
@NullMarked
package io.rapport.bench.segmenting;

import org.jspecify.annotations.NullMarked;
