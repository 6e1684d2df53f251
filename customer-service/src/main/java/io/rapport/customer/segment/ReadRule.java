package io.rapport.customer.segment;

import java.util.Set;

/**
 * A rule, and what it reads: fields of the profile by path, of the context by path, attributes by
 * name, other segments by key.
 */
record ReadRule(
        Rule rule,
        Set<Field> fields,
        Set<String> attributes,
        Set<String> segments,
        boolean readsContext) {}
