/** The whole command, as a person calls it. */
@NullMarked
package io.rapport.faults;

import org.jspecify.annotations.NullMarked;
