/** feedback-service: what customers say about us, in figures and in their own words. */
@NullMarked
package io.rapport.feedback;

import org.jspecify.annotations.NullMarked;
