/** What we promised to customers, until when, and what became of it. */
@NullMarked
package io.rapport.interaction.promise;

import org.jspecify.annotations.NullMarked;
