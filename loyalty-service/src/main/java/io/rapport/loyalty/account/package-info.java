/** Accounts and the append-only ledger entries that every figure of them is the fold of. */
@NullMarked
package io.rapport.loyalty.account;

import org.jspecify.annotations.NullMarked;
