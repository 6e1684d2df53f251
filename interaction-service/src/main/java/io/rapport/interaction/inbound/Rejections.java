package io.rapport.interaction.inbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.rapport.platform.Columns;
import io.rapport.platform.Fingerprint;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What was refused and is not told yet, written in the transaction that moves the position. */
@ApplicationScoped
class Rejections {

    /** As it waits to be told. */
    public record Waiting(UUID id, int partition, Instant rejectedAt, String payload) {}

    private static final String WAITING =
            "SELECT count(*) FROM (SELECT FROM inbound_rejection WHERE partner = ? LIMIT ?) AS waiting";

    private static final String ADD =
            """
            INSERT INTO inbound_rejection (partner, id, partition, "offset", payload, rejected_at)
            SELECT :partner, * FROM unnest(:ids, :partitions, :offsets, :payloads, CAST(:times AS timestamptz[]))
            ON CONFLICT (id) DO NOTHING""";

    private static final String OLDEST =
            """
            SELECT id, partition, rejected_at, payload FROM inbound_rejection
            WHERE partner = ? ORDER BY position LIMIT ?""";

    private static final String TOLD =
            """
            WITH gone AS (DELETE FROM inbound_rejection WHERE id = ANY(:ids))
            INSERT INTO inbound_rejection_told (partner, partition, next_offset)
            SELECT :partner, * FROM unnest(:partitions, :offsets)
            ON CONFLICT (partner, partition) DO UPDATE SET next_offset = excluded.next_offset""";

    private final Jdbi jdbi;
    private final InboundConfig config;
    private final ObjectWriter json;

    Rejections(Jdbi jdbi, InboundConfig config, ObjectMapper mapper) {
        this.jdbi = jdbi;
        this.config = config;
        this.json = mapper.writerFor(Rejected.class);
    }

    /**
     * Keeps them until they are told, each once for its place in the topic that has {@code
     * topicId}. Refused, and so tried again, while too many wait already.
     */
    @Transactional(TxType.MANDATORY)
    public void add(Partner partner, UUID topicId, Collection<Rejected> rejected) {
        if (rejected.isEmpty()) {
            return;
        }
        if (waiting(partner, config.maxRejections()) >= config.maxRejections()) {
            throw Refusal.unavailable(
                    "too-many-rejections", "Too many rejections wait until they are told.");
        }
        jdbi.useHandle(
                handle ->
                        Columns.of(rejected)
                                .add("ids", UUID.class, one -> id(topicId, one))
                                .add("partitions", Integer.class, Rejected::partition)
                                .add("offsets", Long.class, Rejected::offset)
                                .add("payloads", String.class, this::payload)
                                .add("times", String.class, one -> one.rejectedAt().toString())
                                .bindTo(handle.createUpdate(ADD))
                                .bind("partner", partner.name())
                                .execute());
    }

    /** How many wait, counted up to {@code most}. */
    long waiting(Partner partner, int most) {
        return jdbi.withHandle(
                handle -> handle.select(WAITING, partner.name(), most).mapTo(long.class).one());
    }

    List<Waiting> oldest(Partner partner, int most) {
        return jdbi.withHandle(
                handle ->
                        handle.select(OLDEST, partner.name(), most)
                                .map(ConstructorMapper.of(Waiting.class))
                                .list());
    }

    /** How far each partition of the reject topic is known. */
    Map<Integer, Long> known(Partner partner) {
        return jdbi.withHandle(
                handle ->
                        handle.select(
                                        "SELECT partition, next_offset FROM inbound_rejection_told WHERE partner = ?",
                                        partner.name())
                                .setMapKeyColumn("partition")
                                .setMapValueColumn("next_offset")
                                .collectInto(new GenericType<Map<Integer, Long>>() {}));
    }

    /** These lie in the reject topic, which is known as far as {@code reached} from now on. */
    void told(Partner partner, Collection<UUID> ids, Map<Integer, Long> reached) {
        jdbi.useHandle(
                handle ->
                        Columns.of(reached.entrySet())
                                .add("partitions", Integer.class, Map.Entry::getKey)
                                .add("offsets", Long.class, Map.Entry::getValue)
                                .bindTo(handle.createUpdate(TOLD))
                                .bindArray("ids", UUID.class, ids)
                                .bind("partner", partner.name())
                                .execute());
    }

    private static UUID id(UUID topicId, Rejected rejected) {
        return new Fingerprint()
                .add("topic", topicId)
                .add("partition", rejected.partition())
                .add("offset", rejected.offset())
                .toUuid();
    }

    private String payload(Rejected rejected) {
        try {
            return json.writeValueAsString(rejected);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a rejection cannot be written", e);
        }
    }
}
