/** Proves at any time that every account is the fold of its entries. */
@NullMarked
package io.rapport.loyalty.audit;

import org.jspecify.annotations.NullMarked;
