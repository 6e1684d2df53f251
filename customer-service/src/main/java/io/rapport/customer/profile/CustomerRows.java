package io.rapport.customer.profile;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.rapport.customer.Identity;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.http.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code customer}: one statement for each question, with the identities and the log's
 * counter in it.
 */
@ApplicationScoped
public class CustomerRows {

    private static final String SELECT_BY_ID =
            "SELECT " + CustomerRow.COLUMNS + CustomerRow.FROM + " WHERE c.id = ?";
    private static final String SELECT_BY_IDENTITY =
            "SELECT "
                    + CustomerRow.COLUMNS
                    + CustomerRow.FROM
                    + """
                     WHERE c.id = (SELECT k.customer_id FROM customer_identity k
                                   WHERE k.source = ? AND k.external_id = ?)
                    """;
    private static final String SELECT_SOME =
            "SELECT " + CustomerRow.COLUMNS + CustomerRow.FROM + " WHERE c.id = ANY(:ids)";
    private static final String LOCK_SOME =
            "SELECT id FROM customer WHERE id = ANY(:ids) ORDER BY id FOR UPDATE";
    private static final String SELECT_ALL =
            "SELECT "
                    + CustomerRow.COLUMNS
                    + CustomerRow.FROM
                    + " WHERE c.id > :after AND c.status <> 'ERASED' ORDER BY c.id LIMIT :limit";

    // Planned for any source: in the order of one index, so that a rare one is not looked for among
    // all identities, and with a number for a limit, since a parameter is taken for a tenth of
    // them.
    private static final String SELECT_OF_SOURCE =
            "SELECT "
                    + CustomerRow.COLUMNS
                    + CustomerRow.FROM
                    + """
                     JOIN (SELECT k.customer_id FROM customer_identity k
                           WHERE (k.source, k.customer_id) > (:source, :after) AND k.source <= :source
                           GROUP BY k.source, k.customer_id ORDER BY k.source, k.customer_id LIMIT %d) page ON page.customer_id = c.id
                     ORDER BY c.id LIMIT :limit
                    """;
    // As one range of one index, so that a rare value is not looked for among all of a common name.
    static final String SELECT_OF_ATTRIBUTE =
            "SELECT "
                    + CustomerRow.COLUMNS
                    + CustomerRow.FROM
                    + """
                     JOIN (SELECT a.customer_id FROM customer_attribute a
                           WHERE (a.name, a.value, a.customer_id) > (:name, :value, :after)
                           AND (a.name, a.value) <= (:name, :value)
                           ORDER BY a.name, a.value, a.customer_id LIMIT %d) page ON page.customer_id = c.id
                     ORDER BY c.id
                    """;
    private static final String INSERT =
            """
            INSERT INTO customer (id, status, kind, display_name, given_name, family_name, address_as,
                language, time_zone, country, birthday, occupation, lifecycle_stage, declared_values,
                tags, life_events, version, created_at, updated_at)
            VALUES (:id, :status, :kind, :displayName, :givenName, :familyName, :addressAs,
                :language, :timeZone, :country, :birthday, :occupation, :lifecycleStage, :values,
                :labels, CAST(:events AS jsonb), :version, :updatedAt, :updatedAt)
            """;
    private static final String UPDATE =
            """
            UPDATE customer SET status = :status, kind = :kind, display_name = :displayName,
                given_name = :givenName, family_name = :familyName, address_as = :addressAs,
                language = :language, time_zone = :timeZone, country = :country, birthday = :birthday,
                occupation = :occupation, lifecycle_stage = :lifecycleStage,
                declared_values = :values, tags = :labels, life_events = CAST(:events AS jsonb),
                version = :version, updated_at = :updatedAt
            WHERE id = :id AND version = :version - 1
            """;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Jdbi jdbi;
    private final DataSource dataSource;
    private final MergeLinks links;
    private final ErasedIdentities erased;
    private final AnsweredAs answered;

    CustomerRows(
            Jdbi jdbi,
            DataSource dataSource,
            MergeLinks links,
            ErasedIdentities erased,
            AnsweredAs answered) {
        this.jdbi = jdbi;
        this.dataSource = dataSource;
        this.links = links;
        this.erased = erased;
        this.answered = answered;
    }

    /** What {@link #find} finds: 404 when there is none, 410 when it was erased. */
    public CustomerRow require(CustomerReference reference) {
        CustomerRow row = find(reference).orElseThrow(() -> missing(reference));
        row.customer().requireNotErased();
        return row;
    }

    /** What is said to who may know of a reference that names nobody: 410 when it was erased. */
    public Refusal missing(CustomerReference reference) {
        return reference.id().isEmpty() && !erased.among(List.of(Identity.of(reference))).isEmpty()
                ? ErasedIdentities.gone()
                : unknown();
    }

    /** The very customer of a row that is held, as it answers: 409 when it was merged. */
    Customer require(UUID id) {
        CustomerRow held = byId(id).orElseThrow(CustomerRows::unknown);
        held.customer().requireActive();
        return withMembers(held).customer();
    }

    public static Refusal unknown() {
        return Refusal.notFound(
                "unknown-customer", "There is no customer under this id or identity.");
    }

    /**
     * The customer that a reference means, as it answers: one that was merged as its survivor, and
     * a survivor with the values of all its members.
     */
    public Optional<CustomerRow> find(CustomerReference reference) {
        CustomerRow named = named(reference).orElse(null);
        if (named == null) {
            return Optional.empty();
        }
        UUID survivor = named.customer().merges().survivor();
        if (survivor == null) {
            return Optional.of(withMembers(named));
        }
        Optional<CustomerRow> found = byId(survivor).map(this::withMembers);
        if (found.filter(row -> isMember(row, named.customer())).isEmpty()) {
            // It was unmerged between the two reads.
            return find(reference);
        }
        AnsweredAs.note(answered, survivor);
        return found;
    }

    private CustomerRow withMembers(CustomerRow row) {
        return row.customer().hasMembers()
                ? new CustomerRow(links.of(row.customer().id()).view(), row.sequence())
                : row;
    }

    private static boolean isMember(CustomerRow survivor, Customer customer) {
        return survivor.customer().merges().members().contains(customer.id());
    }

    /** The very customer that a reference names, by its own values, merged or not. */
    public Optional<CustomerRow> named(CustomerReference reference) {
        return reference.id().isPresent()
                ? byId(reference.id().get())
                : byIdentity(Identity.of(reference));
    }

    private Optional<CustomerRow> byId(UUID id) {
        return one(SELECT_BY_ID, id);
    }

    private Optional<CustomerRow> byIdentity(Identity identity) {
        return one(SELECT_BY_IDENTITY, identity.source(), identity.externalId());
    }

    /**
     * Plain JDBC, because this is the hottest path of the service and little else happens on it.
     */
    private Optional<CustomerRow> one(String select, Object... key) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(select)) {
            for (int i = 0; i < key.length; i++) {
                statement.setObject(i + 1, key[i]);
            }
            try (ResultSet rs = statement.executeQuery()) {
                return rs.next() ? Optional.of(CustomerRow.read(rs)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a customer could not be read", e);
        }
    }

    /**
     * Customers with ids after {@code after}, in id order, but for those who were erased; only
     * those that have an identity of {@code source}, if given. One that was merged is among them,
     * as it stands by itself.
     */
    public List<Customer> list(@Nullable String source, @Nullable UUID after, int limit) {
        String sql =
                source == null
                        ? SELECT_ALL
                        : SELECT_OF_SOURCE.formatted(Math.max(limit, PageRequest.MAX_LIMIT + 1));
        List<CustomerRow> found =
                jdbi.withHandle(
                        handle -> {
                            var query =
                                    handle.createQuery(sql)
                                            .bind("after", after == null ? BEFORE_ALL : after)
                                            .bind("limit", limit);
                            if (source != null) {
                                query.bind("source", source);
                            }
                            return query.map((rs, context) -> CustomerRow.read(rs)).list();
                        });
        return answered(found);
    }

    /**
     * Customers with ids after {@code after}, in id order, of whom an attribute has this value or
     * this element, as text: as a value of their own, and not of their members.
     */
    List<Customer> having(String attribute, String value, @Nullable UUID after, int limit) {
        List<CustomerRow> found =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(SELECT_OF_ATTRIBUTE.formatted(limit))
                                        .bind("name", attribute)
                                        .bind("value", value)
                                        .bind("after", after == null ? BEFORE_ALL : after)
                                        .map((rs, context) -> CustomerRow.read(rs))
                                        .list());
        return answered(found);
    }

    /** Each as it answers, but for one that was merged, which stands by itself. */
    private List<Customer> answered(List<CustomerRow> found) {
        return found.stream().map(row -> withMembers(row).customer()).toList();
    }

    /** Those of these customers that are there, by their ids, each as it answers. */
    public Map<UUID, Customer> byIds(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        List<CustomerRow> found =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(SELECT_SOME)
                                        .bindArray("ids", UUID.class, ids)
                                        .map((rs, context) -> CustomerRow.read(rs))
                                        .list());
        return answered(found).stream().collect(toMap(Customer::id, identity()));
    }

    /** The same, held in the order of their ids. */
    @Transactional(TxType.MANDATORY)
    public Map<UUID, Customer> hold(Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            jdbi.useHandle(
                    handle ->
                            handle.createQuery(LOCK_SOME)
                                    .bindArray("ids", UUID.class, ids)
                                    .mapTo(UUID.class)
                                    .list());
        }
        return byIds(ids);
    }

    void insert(List<Customer> customers) {
        if (!customers.isEmpty()) {
            batch(INSERT, customers);
        }
    }

    /**
     * Writes next versions over the ones before, of each customer one; false when one of those is
     * no longer the current one.
     */
    boolean update(List<Customer> customers) {
        return customers.isEmpty()
                || Arrays.stream(batch(UPDATE, customers)).sum() == customers.size();
    }

    private int[] batch(String sql, List<Customer> customers) {
        return jdbi.withHandle(
                handle -> {
                    PreparedBatch batch = handle.prepareBatch(sql);
                    customers.forEach(customer -> values(batch, customer).add());
                    return batch.execute();
                });
    }

    /** Writes where a customer that is held stands, and its version. */
    void stand(Customer customer) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        UPDATE customer SET status = :status, version = :version, updated_at = :now
                                        WHERE id = :id
                                        """)
                                .bind("id", customer.id())
                                .bind("status", customer.status())
                                .bind("version", customer.version())
                                .bind("now", customer.updatedAt())
                                .execute());
    }

    /** Gives the same customer a higher version. */
    void raise(UUID id, long version, Instant now) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        "UPDATE customer SET version = :version, updated_at = :now"
                                                + " WHERE id = :id")
                                .bind("id", id)
                                .bind("version", version)
                                .bind("now", now)
                                .execute());
    }

    /** Holds the customer's row until the transaction ends. */
    void lock(UUID id) {
        jdbi.useHandle(
                handle ->
                        handle.createQuery("SELECT version FROM customer WHERE id = :id FOR UPDATE")
                                .bind("id", id)
                                .mapTo(long.class)
                                .findOne());
    }

    private static <S extends SqlStatement<S>> S values(S statement, Customer customer) {
        Profile profile = customer.profile();
        return statement
                .bind("id", customer.id())
                .bind("status", customer.status())
                .bindMethods(profile)
                .bindArray("values", String.class, profile.declaredValues())
                .bindArray("labels", String.class, profile.tags())
                .bind("events", StoredJson.write(profile.lifeEvents()))
                .bind("version", customer.version())
                .bind("updatedAt", customer.updatedAt());
    }
}
