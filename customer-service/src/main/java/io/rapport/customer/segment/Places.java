package io.rapport.customer.segment;

import io.rapport.customer.segment.MemberRows.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Where customers are, and what was said of each by its id, what decides first; of those merged
 * into a customer what was said counts, too.
 */
record Places(Set<Place> inside, Map<UUID, List<SegmentOverride>> overrides) {}
