/**
 * Segments: which customers meet a tree of conditions over their profile, their context and times,
 * kept up with every write, with what other services tell, and with time.
 */
@NullMarked
package io.rapport.customer.segment;

import org.jspecify.annotations.NullMarked;
