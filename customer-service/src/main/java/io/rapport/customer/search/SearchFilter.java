package io.rapport.customer.search;

/** Which customers the filters of a request let through, beside {@code customer c}. */
final class SearchFilter {

    static final String LET_THROUGH =
            """
            c.status = 'ACTIVE'
            AND (CAST(:kinds AS text[]) IS NULL OR c.kind = ANY(CAST(:kinds AS text[])))
            AND (CAST(:stages AS text[]) IS NULL OR c.lifecycle_stage = ANY(CAST(:stages AS text[])))
            AND (CAST(:tags AS text[]) IS NULL OR c.tags @> CAST(:tags AS text[]))
            AND (CAST(:languages AS text[]) IS NULL
                OR EXISTS (SELECT FROM unnest(CAST(:languages AS text[])) AS l
                           WHERE c.language = l OR starts_with(c.language, l || '-')))
            AND (CAST(:attributes AS text[]) IS NULL
                OR NOT EXISTS (SELECT FROM unnest(CAST(:attributes AS text[]), CAST(:values AS text[])) AS s (name, value)
                               WHERE NOT EXISTS (SELECT FROM customer_attribute a
                                                 WHERE a.customer_id = ANY(ARRAY(SELECT c.id UNION ALL SELECT k.member_id
                                                     FROM customer_link k WHERE k.survivor_id = c.id))
                                                 AND a.name = s.name AND a.value = s.value)))
            AND (CAST(:segments AS text[]) IS NULL
                OR EXISTS (SELECT FROM segment_member m
                           WHERE m.customer_id = c.id AND m.segment = ANY(CAST(:segments AS text[]))))
            AND (CAST(:createdFrom AS timestamptz) IS NULL OR c.created_at >= :createdFrom)
            AND (CAST(:createdBefore AS timestamptz) IS NULL OR c.created_at < :createdBefore)
            AND (CAST(:changedFrom AS timestamptz) IS NULL OR c.updated_at >= :changedFrom)
            AND (CAST(:changedBefore AS timestamptz) IS NULL OR c.updated_at < :changedBefore)
            """;

    private SearchFilter() {}
}
