package io.rapport.customer.duplicate;

import io.rapport.customer.profile.ContactPoint;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.PostalAddress;
import io.rapport.customer.profile.Profile;
import io.rapport.customer.profile.WrittenCustomers.Written;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Finds by likeness whom customers may be duplicates of, for those who write many and leave that
 * for later: those who are born on the same day and have a name that is alike.
 */
@ApplicationScoped
public class SimilarCustomers {

    // Of one who has members, what they have counts, too.
    private static final String BORN =
            """
            SELECT c.id, c.birthday, concat_ws(' ', c.display_name, c.given_name, c.family_name) AS name,
                EXISTS (SELECT 1 FROM customer_link l WHERE l.survivor_id = c.id) AS survives
            FROM customer c WHERE c.id = ANY(:ids) AND c.status = 'ACTIVE'
            """;

    private final Jdbi jdbi;
    private final DuplicateCandidates candidates;
    private final DuplicateFinder finder;
    private final CustomerRows customers;

    SimilarCustomers(
            Jdbi jdbi,
            DuplicateCandidates candidates,
            DuplicateFinder finder,
            CustomerRows customers) {
        this.jdbi = jdbi;
        this.candidates = candidates;
        this.finder = finder;
        this.customers = customers;
    }

    /** One who is looked at, by its own values. */
    private record Born(UUID id, @Nullable LocalDate birthday, String name, boolean survives) {}

    /** What is compared, as it is written. */
    private record Compared(
            @Nullable LocalDate birthday,
            @Nullable String displayName,
            @Nullable String givenName,
            @Nullable String familyName,
            List<PostalAddress> addresses) {

        static Compared of(Customer customer) {
            Profile profile = customer.profile();
            return new Compared(
                    profile.birthday(),
                    profile.displayName(),
                    profile.givenName(),
                    profile.familyName(),
                    profile.contactPoints().stream()
                            .map(ContactPoint::address)
                            .filter(Objects::nonNull)
                            .toList());
        }

        private boolean canBeCompared() {
            return birthday != null
                    && (displayName != null || givenName != null || familyName != null);
        }
    }

    /**
     * Those who have a birthday and a name, and of whom one of these, or an address, is another.
     */
    public List<UUID> toCompare(List<Written> written) {
        return written.stream().filter(SimilarCustomers::differs).map(w -> w.after().id()).toList();
    }

    private static boolean differs(Written written) {
        Customer before = written.before();
        Compared after = Compared.of(written.after());
        return after.canBeCompared() && (before == null || !after.equals(Compared.of(before)));
    }

    /**
     * Compares these customers, as they are now, with all who are born on the same days. It holds
     * the locks of these days until the transaction ends: whoever is written meanwhile sees what is
     * found, or is seen. One whose birthday is changed in between was compared by who changed it.
     */
    @Transactional(TxType.MANDATORY)
    public void compare(Collection<UUID> ids) {
        Set<LocalDate> days = new TreeSet<>();
        born(ids).values().forEach(traits -> days.add(day(traits)));
        candidates.hold(
                days.stream()
                        .map(LocalDate::toString)
                        .collect(Collectors.toCollection(TreeSet::new)));
        List<Map.Entry<UUID, Traits>> held =
                born(ids).entrySet().stream()
                        .filter(one -> days.contains(day(one.getValue())))
                        .toList();
        for (int from = 0; from < held.size(); from += DuplicateFinder.AT_ONCE) {
            find(held.subList(from, Math.min(held.size(), from + DuplicateFinder.AT_ONCE)));
        }
    }

    private static LocalDate day(Traits born) {
        return Objects.requireNonNull(born.birthday());
    }

    private void find(List<Map.Entry<UUID, Traits>> born) {
        Map<UUID, Set<UUID>> others = new HashMap<>();
        candidates.bornAlike(
                born.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                others);
        if (!others.isEmpty()) {
            finder.compare(traits(others.keySet()), others, Set.of());
        }
    }

    /** Those who have both a name and a birthday. */
    private Map<UUID, Traits> born(Collection<UUID> ids) {
        List<Born> rows =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(BORN)
                                        .bindArray("ids", UUID.class, ids)
                                        .map((row, context) -> born(row))
                                        .list());
        Map<UUID, Traits> born =
                new HashMap<>(traits(rows.stream().filter(Born::survives).map(Born::id).toList()));
        rows.forEach(row -> born.computeIfAbsent(row.id, _ -> Traits.of(row.birthday, row.name)));
        born.values().removeIf(one -> one.birthday() == null || one.name().isEmpty());
        return born;
    }

    private static Born born(ResultSet row) throws SQLException {
        return new Born(
                row.getObject(1, UUID.class),
                row.getObject(2, LocalDate.class),
                row.getString(3),
                row.getBoolean(4));
    }

    private Map<UUID, Traits> traits(Collection<UUID> ids) {
        return customers.byIds(ids).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> Traits.of(one.getValue())));
    }
}
