/** What admins see of this service's mechanism and command of it. */
@NullMarked
package io.rapport.feedback.operations;

import org.jspecify.annotations.NullMarked;
