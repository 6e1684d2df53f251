package io.rapport.faults.load;

import io.rapport.local.stack.CannotGoOn;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the load: the name that its source has for it, where it has one, and its id as soon
 * as a service has told it.
 */
final class Person {
    private final @Nullable String externalId;
    private volatile @Nullable String id;
    private volatile String displayName;
    private volatile @Nullable Deed underWay;

    Person(@Nullable String externalId, String displayName) {
        this.externalId = externalId;
        this.displayName = displayName;
    }

    /** How the next call names it: by its source's name where it has one, else by its id. */
    String reference(boolean byId) {
        String known = id;
        if (externalId != null && !(byId && known != null)) {
            return Plan.SOURCE + ":" + externalId;
        }
        if (known == null) {
            throw new IllegalStateException("a customer whose id is not known yet has no name");
        }
        return known;
    }

    @Nullable String externalId() {
        return externalId;
    }

    @Nullable String id() {
        return id;
    }

    /** Refused while nobody has told it. */
    String registeredId() {
        String known = id;
        if (known == null) {
            throw new CannotGoOn("A customer could not be registered in time.");
        }
        return known;
    }

    String displayName() {
        return displayName;
    }

    void registered(String registeredId, String name) {
        id = registeredId;
        displayName = name;
        underWay = null;
    }

    /**
     * Whether this may be told now. Of somebody unregistered only the registration may, and one
     * change at a time: of two that are under way nobody could say which came last.
     */
    boolean admits(Deed deed) {
        if (!deed.kind().ofCustomer()) {
            return id != null;
        }
        Deed before = underWay;
        if (before == null) {
            underWay = deed;
            return true;
        }
        return before.equals(deed);
    }

    /** Whether a change has been told and nobody knows yet what became of it. */
    boolean changing() {
        return underWay != null;
    }
}
