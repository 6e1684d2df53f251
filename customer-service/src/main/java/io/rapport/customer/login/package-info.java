/**
 * Which logins are a customer's, proven by a code or by an admin, and what a customer reads of
 * itself. The table login_code and the identities of the source login are personal data, by
 * customer_id.
 */
@NullMarked
package io.rapport.customer.login;

import org.jspecify.annotations.NullMarked;
