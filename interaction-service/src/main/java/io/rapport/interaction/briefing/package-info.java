/** What whoever serves a customer should know before the first word, and need not ask for. */
@NullMarked
package io.rapport.interaction.briefing;

import org.jspecify.annotations.NullMarked;
