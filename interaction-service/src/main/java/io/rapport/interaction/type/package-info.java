/** What an interaction can be: types, channels and touchpoints, as data that managers keep. */
@NullMarked
package io.rapport.interaction.type;

import org.jspecify.annotations.NullMarked;
