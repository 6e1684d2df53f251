/**
 * What every benchmark has: a stack of its own, a pace, figures with targets, a table and a file of
 * results.
 */
@NullMarked
package io.rapport.bench.frame;

import org.jspecify.annotations.NullMarked;
