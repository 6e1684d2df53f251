/**
 * What lies between the services and what they need, so that it can fail without a program failing.
 */
@NullMarked
package io.rapport.faults.wire;

import org.jspecify.annotations.NullMarked;
