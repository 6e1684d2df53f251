/** What a programme promises: how many points an amount is worth, and the ladder of tiers. */
@NullMarked
package io.rapport.loyalty.programme;

import org.jspecify.annotations.NullMarked;
