@NullMarked
package io.rapport.local.demo;

import org.jspecify.annotations.NullMarked;
