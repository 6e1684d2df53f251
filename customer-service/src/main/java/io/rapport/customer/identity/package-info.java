/**
 * Under which names other sources know a customer: claims, the upsert by identity, changes and
 * moves, who may see which source. The table customer_identity is personal data, by customer_id.
 */
@NullMarked
package io.rapport.customer.identity;

import org.jspecify.annotations.NullMarked;
