package io.rapport.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.ConsumerProgress;
import io.rapport.platform.event.Topic;
import io.rapport.platform.event.Versions;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Settings;
import io.rapport.platform.testing.Strays;
import io.rapport.platform.testing.Suite;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class DirectoryTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject Directory directory;
    @Inject ConsumerProgress progress;
    @Inject DirectoryConfig config;
    @Inject Jdbi jdbi;
    @Inject AgroalDataSource connections;

    @ConfigProperty(name = "quarkus.datasource.jdbc.max-size")
    int mostConnections;

    private final Events events = Events.ofSuite();
    private final UUID customer = Ids.next();
    private final CustomerReference byId = CustomerReference.parse(customer.toString());
    private final CustomerReference card = CustomerReference.identity("card", customer.toString());

    @AfterEach
    void close() {
        events.close();
    }

    @AfterAll
    static void leaveNoStrays() throws SQLException {
        Strays.countAsSent(Topic.CUSTOMERS, Topic.PROFILES);
    }

    @Test
    void a_write_waits_for_a_customer_that_was_registered_a_moment_ago() {
        var waiting = CompletableFuture.supplyAsync(() -> directory.await(byId));
        register();
        assertThat(waiting.join()).isEqualTo(customer);
    }

    @Test
    void one_more_than_may_wait_is_told_to_come_again_and_nobody_who_waits_holds_a_connection()
            throws Exception {
        int most = 2 * mostConnections;
        Directory patient =
                new Directory(
                        jdbi,
                        Settings.with(
                                DirectoryConfig.class,
                                config,
                                Map.of(
                                        "waiters", most,
                                        "patience", Duration.ofMinutes(1),
                                        "poll", Duration.ofSeconds(1))));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<UUID>> callers =
                    Stream.generate(() -> threads.submit(() -> patient.await(byId)))
                            .limit(most + 1)
                            .toList();
            await().atMost(SOON).until(() -> done(callers).size() == 1);
            Future<UUID> refused = done(callers).getFirst();
            assertThat(refused.exceptionNow())
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> {
                                assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
                                assertThat(refusal.code()).isEqualTo("too-many-waiters");
                                assertThat(refusal.retryAfter()).hasValue(Duration.ofSeconds(1));
                            });
            try (Connection held = connections.getConnection()) {
                assertThat(held.isClosed()).isFalse();
                assertThat(connections.getMetrics().activeCount()).isPositive();
            }
            await().atMost(SOON).until(() -> connections.getMetrics().activeCount() == 0);
            await().atMost(SOON).until(() -> idleInTransaction() == 0);
            assertThat(done(callers)).hasSize(1);

            register();
            for (Future<UUID> caller : callers) {
                assertThat(caller == refused || caller.get().equals(customer)).isTrue();
            }
        }
    }

    private static <T> List<Future<T>> done(List<Future<T>> calls) {
        return calls.stream().filter(Future::isDone).toList();
    }

    private static long idleInTransaction() throws SQLException {
        return Databases.asOwner()
                .number(
                        "SELECT count(*) FROM pg_stat_activity WHERE usename = ? AND state LIKE 'idle in transaction%'",
                        Suite.current().application());
    }

    @Test
    void whoever_is_still_unknown_then_is_refused() {
        assertThatThrownBy(() -> directory.await(byId))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("unknown-customer"));
        assertThatThrownBy(() -> directory.require(card)).isInstanceOf(Refusal.class);
    }

    @Test
    void a_batch_waits_once_and_names_those_it_knows() {
        snapshot(customer, 1, card);
        CustomerReference nobody = CustomerReference.identity("card", "nobody");
        long begin = System.nanoTime();
        var known =
                directory.awaitAll(
                        List.of(card, nobody, CustomerReference.identity("card", "no-one"), card));
        assertThat(known.customers()).containsOnlyKeys(card).containsEntry(card, customer);
        assertThat(known.erased()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void when_somebody_was_born_is_told_with_them_by_whichever_name() {
        born(1, "\"1985-12-10\"");
        await().atMost(SOON).until(() -> names(card, customer));
        LocalDate birthday = LocalDate.parse("1985-12-10");
        assertThat(directory.awaitAll(List.of(card)).birthdays())
                .isEqualTo(Map.of(customer, birthday));
        assertThat(directory.awaitAll(List.of(byId)).birthdays())
                .isEqualTo(Map.of(customer, birthday));

        born(2, "null");
        await().atMost(SOON).until(() -> directory.awaitAll(List.of(byId)).birthdays().isEmpty());
        assertThat(directory.awaitAll(List.of(card)).birthdays()).isEmpty();
    }

    private void born(long version, String birthday) {
        events.send(
                Topic.PROFILES,
                customer,
                version,
                Events.snapshotType(Topic.PROFILES),
                "{\"birthday\": %s, \"identities\": [{\"source\": \"card\", \"externalId\": \"%s\"}]}"
                        .formatted(birthday, customer));
    }

    @Test
    void an_identity_that_moved_names_its_new_customer_and_one_that_was_taken_away_names_nobody() {
        CustomerReference shop = CustomerReference.identity("shop", customer.toString());
        snapshot(customer, 1, card, shop);
        await().atMost(SOON).until(() -> names(card, customer) && names(shop, customer));

        UUID other = Ids.next();
        snapshot(customer, 2);
        snapshot(other, 1, card);
        await().atMost(SOON).until(() -> names(card, other));
        await().atMost(SOON).until(() -> !names(shop, customer));
        assertThat(directory.require(byId)).isEqualTo(customer);
    }

    @Test
    void an_identity_that_moves_back_and_forth_is_where_the_newest_snapshots_say_in_any_order() {
        UUID other = Ids.next();
        snapshot(other, 1, card);
        await().atMost(SOON).until(() -> names(card, other));
        // The snapshots of the customer it came from arrive after that of the one it went to.
        snapshot(customer, 1, card);
        snapshot(customer, 2);
        await().atMost(SOON).until(() -> shows(new Versions.Entry("profiles", customer, 2)));
        assertThat(directory.require(card)).isEqualTo(other);
    }

    /** The two snapshots of a move lie in different partitions, and so in no order. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_move_is_followed_whichever_of_its_two_snapshots_comes_first(boolean newFirst) {
        UUID other = Ids.next();
        snapshot(customer, 1, card);
        snapshot(other, 1);
        await().atMost(SOON).until(() -> names(card, customer));
        await().atMost(SOON).until(() -> shows(new Versions.Entry("profiles", other, 1)));

        if (newFirst) {
            snapshot(other, 2, card);
            await().atMost(SOON).until(() -> names(card, other));
            snapshot(customer, 2);
            await().atMost(SOON).until(() -> shows(new Versions.Entry("profiles", customer, 2)));
        } else {
            snapshot(customer, 2);
            await().atMost(SOON).until(() -> shows(new Versions.Entry("profiles", customer, 2)));
            assertThatThrownBy(() -> directory.require(card)).isInstanceOf(Refusal.class);
            snapshot(other, 2, card);
            await().atMost(SOON).until(() -> names(card, other));
        }
        assertThat(directory.require(card)).isEqualTo(other);

        snapshot(other, 3);
        snapshot(customer, 3, card);
        await().atMost(SOON).until(() -> names(card, customer));
    }

    @Test
    void a_login_names_its_customer() {
        CustomerReference login = CustomerReference.login("issuer", customer.toString());
        snapshot(customer, 1, login);
        await().atMost(SOON).until(() -> names(login, customer));
    }

    @Test
    void a_version_token_names_the_snapshot_that_an_identity_came_with() {
        Versions.Entry token = new Versions.Entry("profiles", customer, 2);
        snapshot(customer, 1);
        await().atMost(SOON).until(() -> shows(new Versions.Entry("profiles", customer, 1)));
        assertThat(shows(token)).isFalse();
        snapshot(customer, 2, card);
        await().atMost(SOON).until(() -> shows(token));
        assertThat(directory.require(card)).isEqualTo(customer);
    }

    @Test
    void an_older_snapshot_changes_nothing() {
        snapshot(customer, 2, card);
        await().atMost(SOON).until(() -> names(card, customer));
        snapshot(customer, 1);
        UUID later = Ids.next();
        snapshot(later, 1, CustomerReference.identity("card", later.toString()));
        await().atMost(SOON)
                .until(() -> names(CustomerReference.identity("card", later.toString()), later));
        assertThat(directory.require(card)).isEqualTo(customer);
    }

    @Test
    void
            one_who_was_merged_answers_as_the_survivor_with_all_members_until_the_link_is_taken_away() {
        UUID member = Ids.next();
        registered(customer);
        registered(member);
        merged(member, 2, customer);
        await().atMost(SOON).until(() -> directory.relationship(byId).members().size() == 2);

        Relationship viaMember = directory.relationship(CustomerReference.parse(member.toString()));
        assertThat(viaMember.survivor()).isEqualTo(customer);
        assertThat(viaMember.members()).containsExactlyInAnyOrder(customer, member);
        assertThat(viaMember.contentLocation("/a/", "/b")).isEqualTo("/a/" + customer + "/b");
        assertThat(directory.relationship(byId).contentLocation("/a/", "")).isNull();
        // Facts stay with the customer that they arrive on.
        assertThat(directory.await(CustomerReference.parse(member.toString()))).isEqualTo(member);

        events.send(Topic.CUSTOMERS, member, 3, "customer.unmerged.v1", "{}");
        await().atMost(SOON).until(() -> directory.relationship(byId).members().size() == 1);
        assertThat(directory.relationship(CustomerReference.parse(member.toString())))
                .isEqualTo(new Relationship(member, member, List.of(member)));
    }

    @Test
    void a_snapshot_that_comes_late_does_not_undo_a_merge() {
        UUID member = Ids.next();
        registered(customer);
        registered(member);
        merged(member, 2, customer);
        await().atMost(SOON).until(() -> directory.relationship(byId).members().size() == 2);
        snapshot(member, 7, card);
        await().atMost(SOON).until(() -> names(card, member));
        assertThat(directory.relationship(card).survivor()).isEqualTo(customer);
    }

    @Test
    void whoever_was_erased_is_refused_at_once_and_has_no_identities_whatever_comes_later() {
        registered(customer);
        snapshot(customer, 1, card);
        await().atMost(SOON).until(() -> names(card, customer));
        assertThat(directory.identities(List.of(customer)))
                .containsExactly(new KnownIdentity(customer, "card", customer.toString()));

        erased(customer, 2);
        await().atMost(SOON).until(() -> isErased(byId));
        assertThat(directory.identities(List.of(customer))).isEmpty();
        long begin = System.nanoTime();
        refusedAsErased(() -> directory.await(byId));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(config.patience());
        assertThat(directory.awaitAll(List.of(byId)).erased()).containsExactly(byId);
        refusedAsErased(() -> directory.relationship(byId));
        refusedAsErased(() -> directory.requireNotErased(customer));
        directory.requireNotErased(Ids.next());

        snapshot(customer, 7, card);
        await().atMost(SOON).until(() -> shows(new Versions.Entry("profiles", customer, 7)));
        assertThat(names(card, customer)).isFalse();
        assertThat(directory.identities(List.of(customer))).isEmpty();
        events.sendTombstone(Topic.PROFILES, customer, 8);
        await().atMost(SOON).until(() -> shows(new Versions.Entry("profiles", customer, 8)));
        assertThat(isErased(byId)).isTrue();
    }

    @Test
    void an_erasure_may_be_the_first_that_is_heard_of_somebody() {
        erased(customer, 1);
        await().atMost(SOON).until(() -> isErased(byId));
        snapshot(customer, 1, card);
        await().atMost(SOON).until(() -> shows(new Versions.Entry("profiles", customer, 1)));
        assertThat(directory.identities(List.of(customer))).isEmpty();
        assertThat(isErased(byId)).isTrue();
    }

    @Test
    void with_the_survivor_a_read_of_its_members_is_refused_before_their_own_erasure_has_come() {
        UUID member = Ids.next();
        CustomerReference viaMember = CustomerReference.parse(member.toString());
        registered(customer);
        registered(member);
        merged(member, 2, customer);
        await().atMost(SOON).until(() -> directory.relationship(byId).members().size() == 2);

        erased(customer, 2);
        await().atMost(SOON).until(() -> isErased(byId));
        refusedAsErased(() -> directory.relationship(viaMember));
        erased(member, 3);
        await().atMost(SOON).until(() -> isErased(viaMember));
    }

    private void erased(UUID who, long sequence) {
        events.sendErasure(who, sequence);
    }

    private boolean isErased(CustomerReference reference) {
        try {
            directory.require(reference);
            return false;
        } catch (Refusal e) {
            return e.code().equals("customer-erased");
        }
    }

    private static void refusedAsErased(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.kind()).isEqualTo(Refusal.Kind.GONE);
                            assertThat(refusal.code()).isEqualTo("customer-erased");
                        });
    }

    private void registered(UUID who) {
        events.send(Topic.CUSTOMERS, who, 1, "customer.registered.v1", "{\"kind\":\"PERSON\"}");
        await().atMost(SOON).until(() -> names(CustomerReference.parse(who.toString()), who));
    }

    private void merged(UUID member, long sequence, UUID survivor) {
        events.sendMerge(member, sequence, survivor);
    }

    private void register() {
        events.send(
                Topic.CUSTOMERS, customer, 1, "customer.registered.v1", "{\"kind\":\"PERSON\"}");
    }

    private boolean shows(Versions.Entry version) {
        return progress.missing(List.of(version)).isEmpty();
    }

    private boolean names(CustomerReference reference, UUID expected) {
        try {
            return directory.require(reference).equals(expected);
        } catch (Refusal e) {
            return false;
        }
    }

    private void snapshot(UUID of, long version, CustomerReference... identities) {
        String list =
                String.join(
                        ",",
                        List.of(identities).stream()
                                .map(
                                        i ->
                                                "{\"source\":\"%s\",\"externalId\":\"%s\"}"
                                                        .formatted(i.source(), i.externalId()))
                                .toList());
        events.send(
                Topic.PROFILES,
                of,
                version,
                "profiles-snapshot.v1",
                "{\"status\":\"ACTIVE\",\"displayName\":\"x\",\"identities\":[" + list + "]}");
    }
}
