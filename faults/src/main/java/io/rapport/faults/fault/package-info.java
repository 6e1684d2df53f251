/** What is done to the suite, each for a bounded time and undone. */
@NullMarked
package io.rapport.faults.fault;

import org.jspecify.annotations.NullMarked;
