/** The customer and its profile: the rules, the table, the endpoints under /customers. */
@NullMarked
package io.rapport.customer.profile;

import org.jspecify.annotations.NullMarked;
