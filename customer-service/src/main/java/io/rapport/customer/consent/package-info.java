/**
 * What customers have consented to: purposes as data, an append-only record of what was given,
 * confirmed and withdrawn, and the check whether something is allowed.
 *
 * <p>{@code consent_record_actor} may name a person, and is cleared by customer id; {@code
 * consent_record} holds ids, words from lists and times, and stays as the proof of what was
 * allowed.
 */
@NullMarked
package io.rapport.customer.consent;

import org.jspecify.annotations.NullMarked;
