package io.rapport.platform.event;

import java.util.Set;

/**
 * A table of a {@link Projection}. Its primary key begins with {@code generation} and names the
 * {@code customer_id}; {@code technical} are columns that two generations may differ in without
 * either being wrong.
 */
public record ProjectionTable(String name, Set<String> technical) {

    public ProjectionTable(String name) {
        this(name, Set.of());
    }
}
