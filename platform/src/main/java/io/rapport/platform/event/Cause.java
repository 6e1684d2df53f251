package io.rapport.platform.event;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Why an event is published: what it belongs to, the event that made it, how many reactions lie
 * behind it, and the trace that it is part of (W3C {@code traceparent}).
 */
public record Cause(
        @Nullable String correlationId,
        @Nullable UUID causationId,
        int hops,
        @Nullable String traceparent) {

    /**
     * A reaction to a reaction to …: beyond this many it is refused, so that rules cannot run in
     * circles.
     */
    public static final int MAX_HOPS = 8;

    private static final ScopedValue<Cause> CURRENT = ScopedValue.newInstance();

    /** The event that is being reacted to, or else the request that is being served. */
    public static Cause current() {
        return CURRENT.isBound() ? CURRENT.get() : ofRequest();
    }

    /**
     * Runs a reaction to the event {@code id} that has this cause; what it publishes carries {@code
     * id} as causation.
     */
    public void reacting(UUID id, Runnable reaction) {
        ScopedValue.where(CURRENT, new Cause(correlationId, id, hops + 1, traceparent))
                .run(reaction);
    }

    /** Runs work that goes on after its request; what it publishes belongs to {@code job}. */
    public static <T> T working(UUID job, Supplier<T> work) {
        return ScopedValue.where(CURRENT, new Cause(job.toString(), null, 0, null)).call(work::get);
    }

    private static Cause ofRequest() {
        SpanContext span = Span.current().getSpanContext();
        if (!span.isValid()) {
            return new Cause(null, null, 0, null);
        }
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance()
                .inject(
                        Context.current(),
                        headers,
                        (carrier, name, value) -> {
                            if (carrier != null) {
                                carrier.put(name, value);
                            }
                        });
        return new Cause(span.getTraceId(), null, 0, headers.get("traceparent"));
    }
}
