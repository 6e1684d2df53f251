/** What interactions do to points. */
@NullMarked
package io.rapport.loyalty.earning;

import org.jspecify.annotations.NullMarked;
