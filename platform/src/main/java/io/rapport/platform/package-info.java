/** What every part of every service speaks of: ids, money, refusals, the database and the time. */
@NullMarked
package io.rapport.platform;

import org.jspecify.annotations.NullMarked;
