/**
 * Customers that may be one and the same: found when one is written, reviewed by managers. The
 * table duplicate_pair holds no profile data; its rows go by customer_a or customer_b.
 */
@NullMarked
package io.rapport.customer.duplicate;

import org.jspecify.annotations.NullMarked;
