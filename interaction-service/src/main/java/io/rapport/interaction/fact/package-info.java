/** What customers told us, how long it holds, and when they had to say it again. */
@NullMarked
package io.rapport.interaction.fact;

import org.jspecify.annotations.NullMarked;
