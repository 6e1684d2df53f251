/** Who calls: roles, and the caller as its token says. */
@NullMarked
package io.rapport.platform.security;

import org.jspecify.annotations.NullMarked;
