/**
 * The customer and its profile: the rules, the tables, the endpoints under /customers. Personal
 * data of a customer stands in {@code customer}, {@code contact_point}, {@code customer_attribute},
 * {@code customer_preference}, {@code customer_relation} (also by {@code related_id}) and {@code
 * customer_change}, each removable by the customer's id.
 */
@NullMarked
package io.rapport.customer.profile;

import org.jspecify.annotations.NullMarked;
