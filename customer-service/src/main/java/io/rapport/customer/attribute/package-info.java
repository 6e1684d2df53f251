/**
 * The custom attributes that customers can have, as data that managers keep, and the customers that
 * have a value of one. The values stand in {@code profile}; nothing here is personal.
 */
@NullMarked
package io.rapport.customer.attribute;

import org.jspecify.annotations.NullMarked;
