package io.rapport.platform.event;

import io.quarkus.test.junit.QuarkusTestProfile;

/** A service whose topics may be spoiled: those of other tests are not these. */
public final class OwnTopics implements QuarkusTestProfile {}
