@NullMarked
package io.rapport.local.stack;

import org.jspecify.annotations.NullMarked;
