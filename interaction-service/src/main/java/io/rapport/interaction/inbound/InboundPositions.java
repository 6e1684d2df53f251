package io.rapport.interaction.inbound;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Where each partner's topic is read on, kept beside what came of it. */
@ApplicationScoped
class InboundPositions {

    /** {@code reached}: as far as the partition was ever read. */
    public record Position(UUID topicId, long nextOffset, long reached) {}

    /** Somebody else moved the position: what was in hand here is, or was, in other hands. */
    static final class Moved extends RuntimeException {
        private static final long serialVersionUID = 1;

        Moved(Partner partner, int partition) {
            super(partner.inbound() + "-" + partition + " is in other hands", null, false, false);
        }
    }

    private static final String BEGIN =
            """
            INSERT INTO inbound_position (partner, partition, topic_id, next_offset, reached)
            VALUES (:partner, :partition, :topicId, :first, :first) ON CONFLICT DO NOTHING""";

    private static final String FIND =
            """
            SELECT topic_id, next_offset, reached FROM inbound_position
            WHERE partner = :partner AND partition = :partition""";

    private static final String RESTART =
            """
            UPDATE inbound_position SET topic_id = :topicId, next_offset = :from,
                   reached = CASE WHEN topic_id = :topicId THEN least(greatest(reached, :from), :end) ELSE :from END
            WHERE partner = :partner AND partition = :partition
              AND topic_id = :oldTopicId AND next_offset = :oldOffset""";

    private static final String MOVE =
            """
            WITH held AS (
                SELECT reached FROM inbound_position
                WHERE partner = :partner AND partition = :partition AND next_offset = :begin FOR UPDATE)
            UPDATE inbound_position AS p SET next_offset = :end, reached = greatest(p.reached, :end)
            FROM held WHERE p.partner = :partner AND p.partition = :partition
            RETURNING p.topic_id, :begin AS next_offset, held.reached""";

    private final Jdbi jdbi;

    InboundPositions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The kept position; of a partition that was never read, {@code first}. */
    Position find(Partner partner, int partition, UUID topicId, long first) {
        return jdbi.withHandle(
                handle -> {
                    handle.createUpdate(BEGIN)
                            .bind("partner", partner.name())
                            .bind("partition", partition)
                            .bind("topicId", topicId)
                            .bind("first", first)
                            .execute();
                    return handle.createQuery(FIND)
                            .bind("partner", partner.name())
                            .bind("partition", partition)
                            .map(ConstructorMapper.of(Position.class))
                            .one();
                });
    }

    /**
     * Goes on elsewhere than {@code old} says, unless somebody has moved that meanwhile. What comes
     * to {@code end} or after it was never read, even where a partition that lost its end had more.
     */
    void restart(Partner partner, int partition, Position old, UUID topicId, long from, long end) {
        int restarted =
                jdbi.withHandle(
                        handle ->
                                handle.createUpdate(RESTART)
                                        .bind("partner", partner.name())
                                        .bind("partition", partition)
                                        .bind("topicId", topicId)
                                        .bind("from", from)
                                        .bind("end", end)
                                        .bind("oldTopicId", old.topicId())
                                        .bind("oldOffset", old.nextOffset())
                                        .execute());
        if (restarted == 0) {
            throw new Moved(partner, partition);
        }
    }

    /**
     * Moves the position by compare-and-set, as the first statement of the transaction that takes
     * the stretch in; answers where it stood and how far the partition had been read.
     */
    Position move(Partner partner, Stretch stretch) {
        return jdbi.withHandle(
                        handle ->
                                handle.createQuery(MOVE)
                                        .bind("partner", partner.name())
                                        .bind("partition", stretch.partition())
                                        .bind("begin", stretch.begin())
                                        .bind("end", stretch.end())
                                        .map(ConstructorMapper.of(Position.class))
                                        .findOne())
                .orElseThrow(() -> new Moved(partner, stretch.partition()));
    }
}
