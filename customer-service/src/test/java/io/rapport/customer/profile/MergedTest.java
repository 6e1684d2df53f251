package io.rapport.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.Merged.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a survivor shows of its own values and its members', and what an edit of that becomes. */
class MergedTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final UUID FRIEND = new UUID(7, 7);
    private static final UUID OTHER = new UUID(8, 8);

    @ParameterizedTest
    @CsvSource({
        "FILL,     Ada,   GB, 'a,b,c'",
        "SURVIVOR, Ada,   ,   'a,b'",
        "MEMBER,   Grace, GB, 'b,c'"
    })
    void the_rule_says_whose_value_is_shown(
            MergeRule rule, String name, @Nullable String country, String tags) {
        Map<String, MergeRule> rules = Map.of("/givenName", rule, "/country", rule, "/tags", rule);
        Merged merged =
                merged(
                        customer(1, "{\"givenName\": \"Ada\", \"tags\": [\"a\", \"b\"]}"),
                        rules,
                        customer(
                                2,
                                """
                                {"givenName": "Grace", "country": "GB", "tags": ["c", "b"]}"""));

        Profile shown = merged.view().profile();
        assertThat(shown.givenName()).isEqualTo(name);
        assertThat(shown.country()).isEqualTo(country);
        assertThat(String.join(",", shown.tags())).isEqualTo(tags);
    }

    @Test
    void a_member_s_empty_list_takes_nothing_away() {
        Merged merged =
                merged(
                        customer(1, "{\"tags\": [\"a\"]}"),
                        Map.of("/tags", MergeRule.MEMBER),
                        customer(2, "{}"));

        assertThat(merged.view().profile().tags()).containsExactly("a");
    }

    @Test
    void each_value_tells_whose_it_is() {
        Customer own = customer(1, "{\"givenName\": \"Ada\", \"tags\": [\"a\"]}");
        Customer member = customer(2, "{\"country\": \"GB\", \"tags\": [\"b\"]}");

        assertThat(merged(own, member).values())
                .filteredOn(value -> !value.value().isEmpty() || value.value().isTextual())
                .extracting(Merged.Value::path, Merged.Value::from)
                .contains(
                        tuple("/givenName", List.of(own.id())),
                        tuple("/country", List.of(member.id())),
                        tuple("/tags", List.of(own.id(), member.id())),
                        tuple("/identities/shop:2", List.of(member.id())));
    }

    @Test
    void contact_points_are_shown_once_with_one_preferred_of_each_kind() {
        Merged merged =
                merged(
                        customer(1, points("a@example.org", "b@example.org")),
                        customer(2, points("c@example.org", "b@example.org")));

        List<ContactPoint> shown = merged.view().profile().contactPoints();
        assertThat(shown)
                .extracting(ContactPoint::value)
                .containsExactlyInAnyOrder("a@example.org", "b@example.org", "c@example.org");
        assertThat(shown)
                .filteredOn(ContactPoint::preferred)
                .extracting(ContactPoint::value)
                .containsExactly("a@example.org");
    }

    @Test
    void relations_to_each_other_are_not_shown_and_no_more_of_a_type_than_one_can_have() {
        Customer own = related(customer(1, "{}"), RelationType.WORKS_FOR, new UUID(0, 2));
        Customer member =
                related(
                        related(customer(2, "{}"), RelationType.HOUSEHOLD, own.id()),
                        RelationType.REFERRED_BY,
                        FRIEND);
        Customer third = related(customer(3, "{}"), RelationType.REFERRED_BY, OTHER);

        assertThat(merged(own, member, third).view().relations())
                .containsExactly(new Relation(RelationType.REFERRED_BY, FRIEND));
    }

    @Test
    void an_edit_is_shown_whatever_the_members_have_and_leaves_them_as_they_are() {
        Merged merged =
                merged(
                        customer(1, "{\"givenName\": \"Ada\"}"),
                        Map.of("/givenName", MergeRule.MEMBER),
                        customer(2, "{\"givenName\": \"Grace\", \"country\": \"GB\"}"));
        Customer edited = merged.view().with(profile("{\"givenName\": \"Augusta\"}"));

        Merged after = merged.showing(edited);

        assertThat(after.view()).isEqualTo(edited);
        assertThat(after.own().profile().givenName()).isEqualTo("Augusta");
        assertThat(after.members().getFirst().customer())
                .isEqualTo(merged.members().getFirst().customer());
        assertThat(after.members().getFirst().link().edited())
                .containsExactlyInAnyOrder("/givenName", "/country");
    }

    @Test
    void a_contact_point_that_is_preferred_now_makes_no_copy_of_a_member_s() {
        Merged merged = merged(customer(1, "{}"), customer(2, points("a@example.org")));
        Customer edited =
                merged.view()
                        .withContactPoints(
                                all ->
                                        ContactPoints.with(
                                                all,
                                                profile(points("new@example.org"))
                                                        .tidied(List.of())
                                                        .contactPoints()
                                                        .getFirst()));

        Merged after = merged.showing(edited);

        assertThat(after.view()).isEqualTo(edited);
        assertThat(after.own().profile().contactPoints())
                .extracting(ContactPoint::value)
                .containsExactly("new@example.org");
    }

    @Test
    void a_value_that_comes_to_light_when_another_is_taken_away_is_not_shown_either() {
        Merged merged =
                merged(customer(1, points("a@example.org")), customer(2, points("a@example.org")));
        Customer edited = merged.view().withContactPoints(all -> List.of());

        Merged after = merged.showing(edited);

        assertThat(after.view().profile().contactPoints()).isEmpty();
        assertThat(after.own().profile().contactPoints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_is_edited_is_what_is_shown_and_the_rest_comes_back_as_it_was(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            Merged merged =
                    merged(
                            random(1, random),
                            Map.of("/tags", any(random), "/givenName", any(random)),
                            random(2, random),
                            random(3, random));
            Customer edited =
                    merged.view()
                            .with(
                                    random(1, random)
                                            .profile()
                                            .withContactPoints(
                                                    some(
                                                            merged.view().profile().contactPoints(),
                                                            random)));

            Merged after = merged.showing(edited);

            assertThat(after.view()).isEqualTo(edited);
            // Only what was edited is the survivor's own now. Where its preferred contact point is
            // gone, a member's that is not to take the place is, too.
            assertThat(Contents.changes(merged.view(), edited))
                    .extracting(Change::path)
                    .containsAll(
                            Contents.changes(merged.own(), after.own()).stream()
                                    .map(Change::path)
                                    .filter(path -> !path.startsWith(Contents.CONTACT_POINTS))
                                    .toList());
        }
    }

    private static MergeRule any(Random random) {
        return List.of(MergeRule.FILL, MergeRule.SURVIVOR, MergeRule.MEMBER).get(random.nextInt(3));
    }

    private static <T> List<T> some(List<T> all, Random random) {
        return all.stream().filter(one -> random.nextBoolean()).toList();
    }

    private static Customer random(int id, Random random) {
        List<String> fields = new ArrayList<>();
        for (String field : List.of("givenName", "familyName", "occupation")) {
            if (random.nextBoolean()) {
                fields.add("\"%s\": \"%d\"".formatted(field, random.nextInt(3)));
            }
        }
        List<String> tags = some(List.of("\"a\"", "\"b\"", "\"c\""), random);
        fields.add("\"tags\": " + tags);
        fields.add(
                points(
                                some(List.of("a@x.org", "b@x.org", "c@x.org"), random)
                                        .toArray(String[]::new))
                        .replaceAll("^\\{|}$", ""));
        return customer(id, "{" + String.join(", ", fields) + "}");
    }

    /** E-mail addresses, the first of them preferred. */
    private static String points(String... addresses) {
        List<String> points = new ArrayList<>();
        for (String address : addresses) {
            points.add(
                    "{\"kind\": \"EMAIL\", \"value\": \"%s\", \"preferred\": %s}"
                            .formatted(address, points.isEmpty()));
        }
        return "{\"contactPoints\": " + points + "}";
    }

    private static Customer related(Customer customer, RelationType type, UUID to) {
        return customer.withRelations(all -> Relation.with(all, new Relation(type, to)));
    }

    private static Customer customer(int id, String profile) {
        return Customer.register(
                new UUID(0, id),
                profile(profile),
                List.of(new Identity("shop", String.valueOf(id))),
                NOW);
    }

    private static Merged merged(Customer own, Customer... members) {
        return merged(own, Map.of(), members);
    }

    private static Merged merged(Customer own, Map<String, MergeRule> rules, Customer... members) {
        List<Member> joining = new ArrayList<>();
        for (Customer member : members) {
            joining.add(
                    new Member(
                            member,
                            new MergeLink(
                                    new UUID(9, joining.size()),
                                    member.id(),
                                    own.id(),
                                    rules,
                                    Set.of(),
                                    NOW)));
        }
        return new Merged(own, List.of()).and(joining);
    }

    private static Profile profile(String json) {
        return StoredJson.read(json, Profile.class);
    }
}
