/** Interactions taken in many at once: by batches and by a partner's topic. */
@NullMarked
package io.rapport.bench.intake;

import org.jspecify.annotations.NullMarked;
