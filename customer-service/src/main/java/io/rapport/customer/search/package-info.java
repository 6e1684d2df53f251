/**
 * Customers found by what is known of them, with typos, and by contact point. The table search_term
 * is personal data, by customer_id; search_word holds words that belong to nobody, each of which
 * leaves with the last customer that has it.
 */
@NullMarked
package io.rapport.customer.search;

import org.jspecify.annotations.NullMarked;
