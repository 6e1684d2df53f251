/** The topics as a stranger reads and writes them; shares no code with the suite. */
@NullMarked
package io.rapport.faults.topic;

import org.jspecify.annotations.NullMarked;
