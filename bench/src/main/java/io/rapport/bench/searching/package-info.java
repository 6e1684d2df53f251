/** Customers found by names with typos. */
@NullMarked
package io.rapport.bench.searching;

import org.jspecify.annotations.NullMarked;
