package io.rapport.platform.security;

/** The roles that a token can carry; every endpoint names those that may call it. */
public final class Roles {

    /** Reads and writes relationships. */
    public static final String AGENT = "agent";

    /** Configures programmes, surveys and segments; adjusts points. */
    public static final String MANAGER = "manager";

    /** Takes in and resolves only the sources that its token lists; reads events. */
    public static final String PARTNER = "partner";

    /** Sees only their own, under {@code /me}. */
    public static final String CUSTOMER = "customer";

    /** Erasure, replay, parked events. */
    public static final String ADMIN = "admin";

    private Roles() {}
}
