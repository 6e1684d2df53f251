/**
 * Erasure of customers over all services: what must be kept for now, what goes here, what the other
 * services confirm, and the certificate of it all.
 */
@NullMarked
package io.rapport.customer.erasure;

import org.jspecify.annotations.NullMarked;
