package io.rapport.local.stack;

import java.util.Locale;

/** The four services, in the order of their ports. */
public enum ServiceName {
    CUSTOMER(1),
    INTERACTION(2),
    LOYALTY(3),
    FEEDBACK(4);

    private final int lastDigitOfPort;

    ServiceName(int lastDigitOfPort) {
        this.lastDigitOfPort = lastDigitOfPort;
    }

    int lastDigitOfPort() {
        return lastDigitOfPort;
    }

    /** Name of the database, and the stem of its two roles. */
    public String database() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name of the service, of its module and of its log. */
    public String label() {
        return database() + "-service";
    }

    /** The role that owns the database and migrates it. */
    public String ownerRole() {
        return database() + "_owner";
    }

    /** The role that the running service uses: reads and writes rows, changes no tables. */
    public String applicationRole() {
        return database() + "_app";
    }
}
