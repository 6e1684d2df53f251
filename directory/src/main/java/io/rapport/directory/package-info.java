/**
 * The local copy of which customers exist, under which identities, and who was merged into whom.
 */
@NullMarked
package io.rapport.directory;

import org.jspecify.annotations.NullMarked;
