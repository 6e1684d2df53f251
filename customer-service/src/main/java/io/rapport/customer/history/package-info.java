/**
 * What changed of each customer: listed, filtered, and single values restored. The rows are written
 * with each version by {@code profile}; they hold personal data.
 */
@NullMarked
package io.rapport.customer.history;

import org.jspecify.annotations.NullMarked;
