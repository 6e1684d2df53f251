/** How interactions are corrected: by new versions, beside which the older ones stay. */
@NullMarked
package io.rapport.interaction.correction;

import org.jspecify.annotations.NullMarked;
