/**
 * Things due at a time: claimed by one replica, and their effect, event and removal are one
 * transaction.
 */
@NullMarked
package io.rapport.platform.timer;

import org.jspecify.annotations.NullMarked;
