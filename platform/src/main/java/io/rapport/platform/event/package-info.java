/**
 * The event backbone: a write and its event are one transaction (outbox), one relay a service sends
 * in order, consumers apply each customer's events once and in sequence.
 */
@NullMarked
package io.rapport.platform.event;

import org.jspecify.annotations.NullMarked;
