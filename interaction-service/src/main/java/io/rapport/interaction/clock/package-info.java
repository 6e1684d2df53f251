/** How long customers wait in business time: calendars, targets, and the clocks that keep them. */
@NullMarked
package io.rapport.interaction.clock;

import org.jspecify.annotations.NullMarked;
