/**
 * The stack as a whole: how soon it is up, what it holds in memory and for how long, how fast it
 * takes in a file.
 */
@NullMarked
package io.rapport.bench.suite;

import org.jspecify.annotations.NullMarked;
