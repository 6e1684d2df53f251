/** How interactions come in: one by one and in batches, each once by its source's id. */
@NullMarked
package io.rapport.interaction.intake;

import org.jspecify.annotations.NullMarked;
