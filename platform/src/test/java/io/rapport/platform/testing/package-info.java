/**
 * What the tests of all modules share: real PostgreSQL and Kafka, tokens, independent clients,
 * samples of every event and the rules that hold for every service. Shipped as this module's
 * test-jar.
 */
@NullMarked
package io.rapport.platform.testing;

import org.jspecify.annotations.NullMarked;
