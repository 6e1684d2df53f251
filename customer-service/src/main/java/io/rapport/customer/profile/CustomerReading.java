package io.rapport.customer.profile;

import io.rapport.platform.CustomerReference;
import io.rapport.platform.event.Topic;
import io.rapport.platform.event.Versions;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads the customer that a request names, and tells the answer's version what it has seen. */
@ApplicationScoped
public class CustomerReading {

    private final CustomerRows rows;
    private final Versions versions;

    CustomerReading(CustomerRows rows, Versions versions) {
        this.rows = rows;
        this.versions = versions;
    }

    /** 404 when there is none, 410 when it was erased. */
    public Customer of(CustomerReference reference) {
        CustomerRow row = rows.require(reference);
        Customer customer = row.customer();
        versions.own(customer.id(), row.sequence());
        versions.snapshot(Topic.PROFILES, customer.id(), customer.version());
        return customer;
    }
}
