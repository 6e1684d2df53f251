/**
 * Replays of projections: a generation folded anew beside the live one, compared, and switched to.
 */
@NullMarked
package io.rapport.operations.projection;

import org.jspecify.annotations.NullMarked;
