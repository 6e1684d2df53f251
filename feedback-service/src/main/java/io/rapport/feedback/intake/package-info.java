/** Takes ratings in, each once, and lists them. */
@NullMarked
package io.rapport.feedback.intake;

import org.jspecify.annotations.NullMarked;
