package io.rapport.interaction.type;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Marks definitions as used, so that they are never deleted. Costs nothing once they are known to
 * be: only what was never recorded with is looked at, for as long as the vocabulary is not read
 * again.
 */
@ApplicationScoped
public class FirstUses {

    private static final Comparator<Definable> ORDER =
            Comparator.comparing(Definable::list).thenComparing(Definable::code);

    private final Jdbi jdbi;

    FirstUses(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The caller's transaction records with these. Refused when one was deleted since it was looked
     * up. In a fixed order, and before any other lock of the caller's, so that callers never wait
     * for each other in a circle.
     */
    @Transactional(TxType.MANDATORY)
    public void mark(Collection<? extends Definable> definitions) {
        List<? extends Definable> fresh =
                definitions.stream()
                        .filter(definition -> !definition.used())
                        .distinct()
                        .sorted(ORDER)
                        .toList();
        if (!fresh.isEmpty()) {
            jdbi.useHandle(handle -> fresh.forEach(definition -> mark(handle, definition)));
        }
    }

    private static void mark(Handle handle, Definable definition) {
        String table = definition.list().table();
        int marked =
                handle.execute(
                        "UPDATE " + table + " SET used = true WHERE code = ? AND NOT used",
                        definition.code());
        if (marked == 0 && !isThere(handle, table, definition.code())) {
            throw definition.list().deletedMeanwhile();
        }
    }

    private static boolean isThere(Handle handle, String table, String code) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM " + table + " WHERE code = :code)")
                .bind("code", code)
                .mapTo(boolean.class)
                .one();
    }
}
