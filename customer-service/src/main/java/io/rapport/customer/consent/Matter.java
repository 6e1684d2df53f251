package io.rapport.customer.consent;

import io.rapport.customer.Channel;
import java.util.UUID;

/** What a customer can allow or not: a purpose on a channel. */
record Matter(UUID customer, String purpose, Channel channel) {}
