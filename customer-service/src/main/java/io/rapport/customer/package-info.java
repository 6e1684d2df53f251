/**
 * Who the customer is: profiles, identities, and the context that the other services' events add up
 * to.
 */
@NullMarked
package io.rapport.customer;

import org.jspecify.annotations.NullMarked;
