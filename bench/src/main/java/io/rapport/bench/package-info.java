/**
 * Measures the suite: each figure against a limit that was measured in the same run, or against a
 * stated target.
 */
@NullMarked
package io.rapport.bench;

import org.jspecify.annotations.NullMarked;
