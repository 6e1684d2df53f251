/** How interactions are read: one by its id, a customer's by time. */
@NullMarked
package io.rapport.interaction.timeline;

import org.jspecify.annotations.NullMarked;
