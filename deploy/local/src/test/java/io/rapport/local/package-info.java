@NullMarked
package io.rapport.local;

import org.jspecify.annotations.NullMarked;
