/**
 * Gives all customers, or those of one source, as a file: the job that writes it, its progress and
 * the download. The table customer_export_part holds personal data of many customers together until
 * its export expires: an erasure deletes all exports with one statement.
 */
@NullMarked
package io.rapport.customer.exporting;

import org.jspecify.annotations.NullMarked;
