package io.rapport.directory;

import io.rapport.platform.event.Cause;
import io.rapport.platform.event.ReceivedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Which erasures this service was asked for, and how far each has come. */
@ApplicationScoped
class RunningErasures {

    /** An erasure that is not done: what asked for it, and after which row it stopped. */
    public record Running(
            UUID erasureId,
            UUID customerId,
            UUID requestId,
            @Nullable String correlationId,
            int hops,
            @Nullable String traceparent,
            @Nullable String reachedTable,
            @Nullable UUID reachedId) {

        /** What the request was caused by. */
        Cause cause() {
            return new Cause(correlationId, null, hops, traceparent);
        }

        /** Null before the first step. */
        PersonalRows.@Nullable Place reached() {
            return reachedTable == null || reachedId == null
                    ? null
                    : new PersonalRows.Place(reachedTable, reachedId);
        }
    }

    private static final String NOTE =
            """
            INSERT INTO customer_erasure
                (erasure_id, customer_id, began_at, request_id, correlation_id, hops, traceparent)
            VALUES (:erasure, :customer, :now, :request, :correlationId, :hops, :traceparent)
            ON CONFLICT DO NOTHING""";

    // More than one runs when a customer is erased again: after a restore of customer-service.
    private static final String NEXT =
            """
            SELECT erasure_id, customer_id, request_id, correlation_id, hops, traceparent, reached_table, reached_id
            FROM customer_erasure WHERE customer_id = ? AND erased_at IS NULL ORDER BY erasure_id LIMIT 1""";

    private static final String REACHED =
            """
            UPDATE customer_erasure SET reached_table = :table, reached_id = :after
            WHERE erasure_id = :erasure AND customer_id = :customer""";

    private static final String DONE =
            """
            UPDATE customer_erasure SET erased_at = :now, reached_table = NULL, reached_id = NULL
            WHERE erasure_id = :erasure AND customer_id = :customer""";

    /** False when it was noted before. */
    boolean note(Handle handle, UUID erasure, ReceivedEvent request, Instant now) {
        return handle.createUpdate(NOTE)
                        .bind("erasure", erasure)
                        .bind("customer", request.customer())
                        .bind("now", now)
                        .bind("request", request.id())
                        .bindMethods(request.cause())
                        .execute()
                == 1;
    }

    /** The first of the customer's erasures that is not done. */
    Optional<Running> next(Handle handle, UUID customer) {
        return handle.select(NEXT, customer).map(ConstructorMapper.of(Running.class)).findOne();
    }

    void reached(Handle handle, Running erasure, PersonalRows.Place place) {
        of(handle.createUpdate(REACHED), erasure)
                .bind("table", place.table())
                .bind("after", place.after())
                .execute();
    }

    void done(Handle handle, Running erasure, Instant now) {
        of(handle.createUpdate(DONE), erasure).bind("now", now).execute();
    }

    private static Update of(Update update, Running erasure) {
        return update.bind("erasure", erasure.erasureId()).bind("customer", erasure.customerId());
    }
}
