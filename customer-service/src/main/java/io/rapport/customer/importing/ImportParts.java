package io.rapport.customer.importing;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * The table {@code customer_import_part}: one file, as it was uploaded, in the order of numbers.
 */
@ApplicationScoped
class ImportParts {

    /** How many parts there are, the highest number, and their bytes. */
    record Extent(int parts, int highest, long bytes) {}

    private static final String DELETE_SOME =
            """
            DELETE FROM customer_import_part WHERE (import_id, number) IN (
                SELECT import_id, number FROM customer_import_part WHERE import_id = ? ORDER BY number LIMIT 32)
            """;

    private final Jdbi jdbi;

    ImportParts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Keeps a part, in place of what was put under its number before. */
    void put(UUID id, int number, byte[] content) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        INSERT INTO customer_import_part (import_id, number, bytes, content)
                                        VALUES (:id, :number, :bytes, :content)
                                        ON CONFLICT (import_id, number) DO UPDATE
                                        SET bytes = excluded.bytes, content = excluded.content
                                        """)
                                .bind("id", id)
                                .bind("number", number)
                                .bind("bytes", content.length)
                                .bind("content", content)
                                .execute());
    }

    Extent extent(UUID id) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT count(*), coalesce(max(number), 0), coalesce(sum(bytes), 0)
                                        FROM customer_import_part WHERE import_id = :id
                                        """)
                                .bind("id", id)
                                .map(
                                        (row, context) ->
                                                new Extent(
                                                        row.getInt(1),
                                                        row.getInt(2),
                                                        row.getLong(3)))
                                .one());
    }

    /** Up to {@code most} bytes of the file from {@code position} on. */
    byte[] slice(UUID id, long position, int most) {
        ByteArrayOutputStream slice = new ByteArrayOutputStream(most);
        jdbi.useHandle(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT substring(content FROM CAST(greatest(:from - begins, 0) AS integer) + 1
                                            FOR CAST(least(:to - greatest(begins, :from), bytes) AS integer))
                                        FROM (SELECT number, bytes, content,
                                                sum(bytes) OVER (ORDER BY number) - bytes AS begins
                                              FROM customer_import_part WHERE import_id = :id) AS part
                                        WHERE begins < :to AND begins + bytes > :from
                                        ORDER BY number
                                        """)
                                .bind("id", id)
                                .bind("from", position)
                                .bind("to", position + most)
                                .mapTo(byte[].class)
                                .forEach(slice::writeBytes));
        return slice.toByteArray();
    }

    /**
     * Deletes some parts of an import that nobody reads any more; false when there were none. All
     * of a large file at once would outlast a statement.
     */
    boolean deleteSome(UUID id) {
        return jdbi.withHandle(handle -> handle.execute(DELETE_SOME, id) > 0);
    }
}
