package io.rapport.loyalty.account;

import static io.rapport.loyalty.Surroundings.awaitBalance;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.loyalty.Surroundings;
import io.rapport.platform.testing.OwnExport;
import io.rapport.platform.testing.SuiteResource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All that is held of a customer, for the customer. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class OwnLoyaltyExportTest {

    private final Surroundings surroundings = new Surroundings();
    private final OwnExport own =
            new OwnExport("/me/loyalty/export", "entries.points", surroundings.events());

    @AfterEach
    void close() {
        surroundings.close();
    }

    @Test
    void customers_read_their_own_and_nobody_elses() {
        UUID mine = surroundings.customer();
        UUID theirs = surroundings.customer();
        surroundings.purchase(mine, 1, "10.00");
        surroundings.purchase(mine, 2, "25.00");
        surroundings.purchase(theirs, 1, "7.00");
        awaitBalance(mine, 35);
        awaitBalance(theirs, 7);

        own.isOnlyOnesOwn(mine, List.of(25, 10), theirs, List.of(7));
    }

    @Test
    void the_login_of_one_who_was_merged_reads_what_is_held_of_all() {
        own.isOfAllWhoWereMerged(surroundings.customer(), surroundings.customer());
    }

    @Test
    void a_login_that_is_nobodys_and_that_of_one_who_was_erased_read_nothing() {
        own.isOfNobodyElse(surroundings.customer());
    }

    @Test
    void nobody_but_customers_may_ask_for_their_own() {
        own.isForCustomersOnly();
    }
}
