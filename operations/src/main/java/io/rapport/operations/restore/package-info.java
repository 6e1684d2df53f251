/** Going on after a restore: what a database older than its log has lost, and is done without. */
@NullMarked
package io.rapport.operations.restore;

import org.jspecify.annotations.NullMarked;
