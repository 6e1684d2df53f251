/** The packaged suite as a whole: its commands, its promises over all services, and SIGKILL. */
@NullMarked
package io.rapport.system;

import org.jspecify.annotations.NullMarked;
