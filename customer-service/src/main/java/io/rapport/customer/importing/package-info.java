/**
 * Takes in many customers at once: the upload in parts, the columns of a file, the job that writes
 * row by row, its progress and its problems. The table customer_import_part holds personal data
 * until its import has ended; the others hold none.
 */
@NullMarked
package io.rapport.customer.importing;

import org.jspecify.annotations.NullMarked;
