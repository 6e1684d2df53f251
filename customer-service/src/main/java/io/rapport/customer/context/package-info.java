/**
 * The context of a customer: what the other services' events add up to, kept by a projection of
 * this service's own.
 */
@NullMarked
package io.rapport.customer.context;

import org.jspecify.annotations.NullMarked;
