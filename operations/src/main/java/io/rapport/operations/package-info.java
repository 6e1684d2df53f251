/** What admins see of the platform's mechanism and command of it, the same in every service. */
@NullMarked
package io.rapport.operations;

import org.jspecify.annotations.NullMarked;
