/**
 * Reading the machine: CPU time, memory and disk, and two ways of doing the same thing in turns.
 */
@NullMarked
package io.rapport.bench.measure;

import org.jspecify.annotations.NullMarked;
