/** The interactions of one matter: opened, answered and solved, merged and split. */
@NullMarked
package io.rapport.interaction.thread;

import org.jspecify.annotations.NullMarked;
