/**
 * Breaks the suite on purpose, under load, and shows that nothing is lost and nothing counts twice.
 */
@NullMarked
package io.rapport.faults;

import org.jspecify.annotations.NullMarked;
