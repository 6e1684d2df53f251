/** What keeps the documents true: each is compared with the sources that it speaks of. */
@NullMarked
package io.rapport.local.docs;

import org.jspecify.annotations.NullMarked;
