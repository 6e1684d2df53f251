/**
 * All that is held of one customer, told to staff who answer a request for access and to the
 * customer itself.
 */
@NullMarked
package io.rapport.customer.access;

import org.jspecify.annotations.NullMarked;
