package io.rapport.faults.audit;

import static io.rapport.faults.audit.MadeUp.ADA;
import static io.rapport.faults.audit.MadeUp.event;
import static io.rapport.faults.audit.MadeUp.interaction;
import static io.rapport.faults.audit.MadeUp.message;
import static io.rapport.faults.audit.MadeUp.points;
import static io.rapport.faults.audit.MadeUp.rating;
import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.faults.topic.Logged;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProjectionsTest {
    private static final String CONTACT = "context_contact " + ADA + " 2026-01-01T10:00:04Z EMAIL";
    private static final List<Logged> EVENTS =
            List.of(
                    points(2, 500, "SILVER"),
                    interaction(2, "PURCHASE", "2.50"),
                    interaction(1, "PURCHASE", "12.50"),
                    interaction(3, "CANCELLATION", "-1.00"),
                    message(4),
                    rating(1, 7),
                    rating(2, 10),
                    points(1, 12, "BASE"),
                    event(
                            MadeUp.LOYALTY,
                            3,
                            "l3",
                            "loyalty.tier-changed.v1",
                            3,
                            "{\"to\": \"GOLD\", \"programme\": \"default\"}"));
    private static final Map<String, String> CONTEXT =
            Map.of(
                    "context_interaction " + ADA,
                    "4 from 2026-01-01T10:00:01Z to 2026-01-01T10:00:04Z",
                    CONTACT,
                    "1",
                    "context_amount " + ADA + " PURCHASE GBP",
                    "2 of 15",
                    "context_amount " + ADA + " CANCELLATION GBP",
                    "1 of -1",
                    "context_feedback " + ADA + " NPS",
                    "2 of 17",
                    "context_loyalty " + ADA + " default",
                    "500 GOLD");

    @Test
    void a_context_that_is_the_fold_of_the_topics_is_clean_in_whatever_order_they_are_read() {
        assertThat(Projections.context(EVENTS, CONTEXT)).isEmpty();
        assertThat(Projections.context(EVENTS.reversed(), CONTEXT)).isEmpty();
    }

    @Test
    void an_event_that_counted_twice_or_never_is_found() {
        assertThat(Projections.context(EVENTS.subList(0, 2), CONTEXT)).isNotEmpty();
        assertThat(Projections.context(EVENTS, with("context_feedback " + ADA + " NPS", "3 of 24")))
                .extracting(Finding::what)
                .containsExactly(
                        "the context: context_feedback "
                                + ADA
                                + " NPS is 3 of 24 instead of 2 of 17");
    }

    @Test
    void a_message_of_ours_that_was_not_kept_or_kept_twice_is_found() {
        Map<String, String> without = new TreeMap<>(CONTEXT);
        without.remove(CONTACT);
        assertThat(Projections.context(EVENTS, without))
                .extracting(Finding::what)
                .containsExactly("the context: " + CONTACT + " is missing instead of 1");
        assertThat(Projections.context(EVENTS, with(CONTACT, "2")))
                .extracting(Finding::what)
                .containsExactly("the context: " + CONTACT + " is 2 instead of 1");
    }

    @Test
    void an_interaction_of_the_customer_makes_no_contact_of_ours() {
        String purchase = "context_contact " + ADA + " 2026-01-01T10:00:01Z WEB";
        assertThat(Projections.context(EVENTS, with(purchase, "1")))
                .extracting(Finding::what)
                .containsExactly("the context: " + purchase + " has no source: 1");
    }

    @Test
    void a_row_that_nothing_made_is_found_and_one_that_is_missing() {
        assertThat(Projections.compare("a directory", Map.of("a", "ACTIVE"), Map.of("b", "ACTIVE")))
                .extracting(Finding::what)
                .containsExactly(
                        "a directory: a is missing instead of ACTIVE",
                        "a directory: b has no source: ACTIVE");
    }

    @Test
    void the_newest_profile_is_what_counts() {
        List<Logged> profiles = List.of(profile(1, "Ada"), profile(2, "Ada King"));
        assertThat(Projections.profiles(Map.of(ADA, "version 2 of Ada King"), profiles)).isEmpty();
        assertThat(Projections.profiles(Map.of(ADA, "version 3 of Ada King"), profiles)).hasSize(1);
        assertThat(Projections.profiles(Map.of(ADA, "version 2 of Ada"), profiles)).hasSize(1);
    }

    @Test
    void a_tombstone_says_that_nothing_is_held() {
        Logged tombstone = new Logged(profile(3, "").place(), ADA, profile(3, "").headers(), null);
        assertThat(Projections.profiles(Map.of(), List.of(profile(2, "Ada"), tombstone))).isEmpty();
        assertThat(Projections.profiles(Map.of(ADA, "version 2 of Ada"), List.of(tombstone)))
                .hasSize(1);
    }

    private static Logged profile(long version, String name) {
        return event(
                MadeUp.PROFILES,
                version,
                "p" + version,
                "profiles-snapshot.v1",
                version,
                "{\"displayName\": \"" + name + "\"}");
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> changed = new TreeMap<>(CONTEXT);
        changed.put(key, value);
        return changed;
    }
}
