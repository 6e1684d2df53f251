package io.rapport.platform.security;

/** The roles that a token can carry; every endpoint names those that may call it. */
public final class Roles {

    /** Reads and writes customers, interactions and feedback; reads points. */
    public static final String AGENT = "agent";

    /** In this version the same as an agent. */
    public static final String MANAGER = "manager";

    /**
     * Takes in customers, interactions and feedback of the sources that its token lists, and reads
     * those customers and interactions.
     */
    public static final String PARTNER = "partner";

    /** Nothing yet. */
    public static final String CUSTOMER = "customer";

    /**
     * Reads all that an agent reads, writes nothing of it; audits the ledger, and retries and
     * discards parked events.
     */
    public static final String ADMIN = "admin";

    private Roles() {}
}
