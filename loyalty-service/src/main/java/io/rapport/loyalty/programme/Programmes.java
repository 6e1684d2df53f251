package io.rapport.loyalty.programme;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * The programmes of this installation: for now the one that the migrations publish. Safe for all
 * threads.
 */
@ApplicationScoped
public class Programmes {

    public static final String STANDARD = "default";

    private final Jdbi jdbi;
    private volatile @Nullable Programme standard;

    Programmes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Read once a process: programmes change by migration only, and migrations run before a process
     * serves.
     */
    public Programme standard() {
        Programme known = standard;
        if (known == null) {
            known = read(STANDARD);
            standard = known;
        }
        return known;
    }

    private Programme read(String code) {
        return jdbi.withHandle(
                handle -> {
                    List<Tier> ladder =
                            handle.createQuery(
                                            """
                                            SELECT code, qualifying_points FROM tier
                                            WHERE programme = :code ORDER BY qualifying_points""")
                                    .bind("code", code)
                                    .map(ConstructorMapper.of(Tier.class))
                                    .list();
                    return handle.createQuery(
                                    "SELECT version, points_per_unit FROM programme WHERE code = :code")
                            .bind("code", code)
                            .map(
                                    (row, context) ->
                                            new Programme(
                                                    code,
                                                    row.getInt("version"),
                                                    row.getLong("points_per_unit"),
                                                    ladder))
                            .one();
                });
    }
}
