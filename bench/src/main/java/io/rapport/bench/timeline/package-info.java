/** A page of a customer's timeline, among very many interactions. */
@NullMarked
package io.rapport.bench.timeline;

import org.jspecify.annotations.NullMarked;
