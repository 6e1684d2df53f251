/** What an erasure takes from this service, and what it leaves. */
@NullMarked
package io.rapport.loyalty.erasure;

import org.jspecify.annotations.NullMarked;
