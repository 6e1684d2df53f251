/**
 * What customers prefer and expect, as it was learnt, and whether we may turn to a customer by a
 * channel at a time. The rows are in {@code customer_preference}, written by {@code profile}, and
 * personal; {@code context_contact_by_generation} holds ids and times.
 */
@NullMarked
package io.rapport.customer.preference;

import org.jspecify.annotations.NullMarked;
