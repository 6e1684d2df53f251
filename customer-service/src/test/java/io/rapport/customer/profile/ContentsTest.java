package io.rapport.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.customer.Identity;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A version of a customer, what another one has changed of it, and back. */
class ContentsTest {

    private static final UUID FRIEND = new UUID(7, 7);
    private static final Customer BEFORE =
            Customer.register(
                    new UUID(1, 1),
                    profile(
                            """
                            {"givenName": "Ada", "tags": ["a"], "attributes": {"size": 38.50, "kept": 1000}, "contactPoints":
                              [{"kind": "EMAIL", "value": "a@example.org"}, {"kind": "EMAIL", "value": "b@example.org"}]}"""),
                    List.of(new Identity("shop", "A/1~2"), new Identity("shop", "B")),
                    Instant.parse("2026-11-20T09:00:00Z"));

    @Test
    void names_each_value_that_changed_and_elements_by_their_ids() {
        List<Change> changes = Contents.changes(BEFORE, after());

        assertThat(changes)
                .extracting(Change::path)
                .containsExactly(
                        "/attributes/size",
                        "/contactPoints/" + second(),
                        "/country",
                        "/relations/REFERRED_BY:" + FRIEND,
                        "/tags");
        assertThat(changes)
                .extracting(Change::member)
                .containsExactly(
                        "/attributes", "/contactPoints", "/country", "/relations", "/tags");
        assertThat(changes.get(1).newValue()).isNull();
        assertThat(changes.get(2).oldValue()).isNull();
        assertThat(Contents.changes(BEFORE, BEFORE)).isEmpty();
    }

    @Test
    void old_values_lead_back_to_the_version_before_and_new_ones_on() {
        Customer after = after();
        List<Change> changes = Contents.changes(BEFORE, after);
        Map<String, @Nullable JsonNode> old = new HashMap<>();
        Map<String, @Nullable JsonNode> now = new HashMap<>();
        for (Change change : changes) {
            old.put(change.path(), change.oldValue());
            now.put(change.path(), change.newValue());
        }

        assertThat(Contents.with(after, old)).isEqualTo(BEFORE);
        assertThat(Contents.with(BEFORE, now)).isEqualTo(after);
    }

    @Test
    void what_an_event_may_name_is_every_member_of_the_snapshot_that_can_change() {
        assertThat(Contents.MEMBERS)
                .isSorted()
                .contains(
                        "/givenName", "/attributes", "/contactPoints", "/relations", "/identities");
    }

    private static Customer after() {
        return BEFORE.withContactPoints(all -> List.of(all.getFirst()))
                .withRelations(
                        all -> Relation.with(all, new Relation(RelationType.REFERRED_BY, FRIEND)))
                .with(
                        profile(
                                """
                                {"givenName": "Ada", "country": "GB", "attributes": {"size": 39, "kept": 1e3},
                                 "contactPoints":
                                  [{"kind": "EMAIL", "value": "a@example.org"}]}"""));
    }

    private static @Nullable UUID second() {
        return BEFORE.profile().contactPoints().getLast().id();
    }

    private static Profile profile(String json) {
        return StoredJson.read(json, Profile.class);
    }
}
