/**
 * What happened between a customer and us: the interaction itself, and the events that tell of it.
 */
@NullMarked
package io.rapport.interaction;

import org.jspecify.annotations.NullMarked;
