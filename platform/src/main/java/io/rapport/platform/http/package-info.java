/**
 * What every REST answer has in common: problem documents, strict JSON, keyset pages, idempotency
 * keys and versions. Filters and mappers here act on every endpoint by themselves.
 */
@NullMarked
package io.rapport.platform.http;

import org.jspecify.annotations.NullMarked;
