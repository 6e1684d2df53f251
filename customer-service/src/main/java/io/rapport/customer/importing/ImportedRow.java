package io.rapport.customer.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rapport.customer.Identity;
import io.rapport.customer.profile.ContactPoint;
import java.util.List;
import java.util.SortedSet;

/**
 * What a row tells of one customer: by which identities it is known, which fields of the profile it
 * changes as a merge patch, and by which ways it is reached, too. {@code from}: where it begins.
 */
record ImportedRow(
        long number,
        int from,
        SortedSet<Identity> identities,
        ObjectNode patch,
        List<ContactPoint> ways) {}
