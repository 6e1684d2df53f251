/** What operators watch, and what their alarms go off by: docs/operations/alarms.md. */
@NullMarked
package io.rapport.operations.alarm;

import org.jspecify.annotations.NullMarked;
