/**
 * Customers who turn out to be one: merged by links, previewed, and unmerged. What a merged
 * customer shows, and the tables of the links, are in {@code profile}; customer_merge_actor holds
 * personal data, by merge.
 */
@NullMarked
package io.rapport.customer.merge;

import org.jspecify.annotations.NullMarked;
