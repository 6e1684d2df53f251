/**
 * Real purchases loaded through the public REST API, and the proof that every service holds the
 * same figures afterwards.
 */
@NullMarked
package io.rapport.local.demo;

import org.jspecify.annotations.NullMarked;
