/** The commands of {@code ./rapport}: what a person at a terminal calls. */
@NullMarked
package io.rapport.local;

import org.jspecify.annotations.NullMarked;
