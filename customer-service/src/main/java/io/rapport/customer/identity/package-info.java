/**
 * Under which names other sources know a customer: claims, the upsert by identity, who may see
 * which source.
 */
@NullMarked
package io.rapport.customer.identity;

import org.jspecify.annotations.NullMarked;
