package io.rapport.platform.security;

/** The roles that a token can carry; every endpoint names those that may call it. */
public final class Roles {

    /** Reads and writes customers, consents, interactions and feedback; reads points. */
    public static final String AGENT = "agent";

    /** Does what an agent does, and keeps the purposes of consents. */
    public static final String MANAGER = "manager";

    /**
     * Takes in customers, consents, interactions and feedback of the sources that its token lists,
     * reads those customers and interactions, and checks their consents.
     */
    public static final String PARTNER = "partner";

    /** Reads its own customer, below {@code /me}; which one that is, its login tells. */
    public static final String CUSTOMER = "customer";

    /**
     * Reads all that an agent reads, writes nothing of it; audits the ledger, and retries and
     * discards parked events.
     */
    public static final String ADMIN = "admin";

    private Roles() {}
}
