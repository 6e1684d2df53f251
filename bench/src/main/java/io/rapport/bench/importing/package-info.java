/** Many customers taken in as a file. */
@NullMarked
package io.rapport.bench.importing;

import org.jspecify.annotations.NullMarked;
