/** A profile patched. */
@NullMarked
package io.rapport.bench.patching;

import org.jspecify.annotations.NullMarked;
