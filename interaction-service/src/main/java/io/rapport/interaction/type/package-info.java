/** What an interaction can be: types and channels, kept as data. */
@NullMarked
package io.rapport.interaction.type;

import org.jspecify.annotations.NullMarked;
