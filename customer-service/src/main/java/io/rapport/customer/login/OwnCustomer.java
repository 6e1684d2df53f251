package io.rapport.customer.login;

import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRow;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Topic;
import io.rapport.platform.event.Versions;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;

/** The caller's own customer, by the login that its token proves. */
@ApplicationScoped
public class OwnCustomer {

    private final CustomerRows rows;
    private final Caller caller;
    private final Versions versions;

    OwnCustomer(CustomerRows rows, Caller caller, Versions versions) {
        this.rows = rows;
        this.caller = caller;
        this.versions = versions;
    }

    /** 404 when the login is nobody's, 410 when its customer was erased. */
    public Customer require() {
        CustomerReference login = caller.login();
        CustomerRow row = rows.find(login).orElseThrow(() -> notLinked(login));
        Customer me = row.customer().requireNotErased();
        versions.own(me.id(), row.sequence());
        versions.snapshot(Topic.PROFILES, me.id(), me.version());
        return me;
    }

    private Refusal notLinked(CustomerReference login) {
        Refusal missing = rows.missing(login);
        return missing.kind() == Refusal.Kind.GONE
                ? missing
                : Refusal.notFound(
                        "login-not-linked",
                        "No customer is known by this login. Ask us for a code, and link it by PUT /me/login.");
    }
}
