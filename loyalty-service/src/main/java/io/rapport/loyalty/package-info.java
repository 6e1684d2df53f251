/** loyalty-service: a programme of points and tiers over an append-only ledger. */
@NullMarked
package io.rapport.loyalty;

import org.jspecify.annotations.NullMarked;
