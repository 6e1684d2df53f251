/** How partners hand in interactions by topics of their own, and learn what was refused. */
@NullMarked
package io.rapport.interaction.inbound;

import org.jspecify.annotations.NullMarked;
