package io.rapport.platform.http;

import io.rapport.platform.Money;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.event.Versions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** A resource like those of the services, for trying out what they all get from the platform. */
@Path("/trials")
@RunOnVirtualThread
@RolesAllowed("agent")
@Produces(MediaType.APPLICATION_JSON)
public class TrialResource {

    public enum Colour {
        RED,
        GREEN
    }

    public record Part(@NotBlank String word, @Max(9) int count) {}

    public record Trial(
            @NotNull @Size(max = 50) String name,
            @Nullable Colour colour,
            @Nullable Money price,
            @Nullable List<@Valid Part> parts) {}

    public record Thing(String name) implements IdempotencyKeys.OfNobody {}

    @Singleton
    static final class TakenNames implements ConstraintRefusals {
        @Override
        public Optional<Refusal> of(String constraint) {
            return constraint.equals("trial_name_is_free")
                    ? Optional.of(Refusal.conflict("name-taken", "Take another name."))
                    : Optional.empty();
        }
    }

    private final Jdbi jdbi;
    private final IdempotencyKeys keys;
    private final Outbox outbox;
    private final Versions versions;

    TrialResource(Jdbi jdbi, IdempotencyKeys keys, Outbox outbox, Versions versions) {
        this.jdbi = jdbi;
        this.keys = keys;
        this.outbox = outbox;
        this.versions = versions;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Trial echo(@Valid Trial trial) {
        return trial;
    }

    /**
     * Inserts a row whose name must be free; a name that begins with "refuse" is refused after the
     * insert.
     */
    @POST
    @Path("/once")
    public Response once(
            @HeaderParam(IdempotencyKeys.HEADER) @Nullable String key, @Valid Trial trial) {
        return keys.once("trial", key, trial, () -> insert(trial, trial.name()));
    }

    /** Inserts a row with a name of its own, slowly. */
    @POST
    @Path("/slowly")
    public Response slowly(
            @HeaderParam(IdempotencyKeys.HEADER) @Nullable String key, @Valid Trial trial) {
        return keys.once(
                "trial",
                key,
                trial,
                () -> {
                    jdbi.useHandle(
                            handle -> handle.select("SELECT pg_sleep(0.3)").mapToMap().list());
                    return insert(
                            trial,
                            trial.name() + " " + UUID.randomUUID().toString().substring(0, 8));
                });
    }

    /** The same, of a customer who is named. */
    @POST
    @Path("/of/{customer}")
    public Response of(
            @PathParam("customer") UUID customer,
            @HeaderParam(IdempotencyKeys.HEADER) @Nullable String key,
            @Valid Trial trial) {
        return keys.once("trial", key, trial, () -> insert(trial, trial.name(), customer));
    }

    /** The same, and the customer is erased with it. */
    @POST
    @Path("/erased/{customer}")
    public Response erased(
            @PathParam("customer") UUID customer,
            @HeaderParam(IdempotencyKeys.HEADER) @Nullable String key,
            @Valid Trial trial) {
        return keys.once(
                "trial",
                key,
                trial,
                () -> {
                    outbox.erase(List.of(customer));
                    return insert(trial, trial.name(), customer);
                });
    }

    /** Tells no customer: of a thing, or of anything. */
    @POST
    @Path("/of-nobody")
    public Response ofNobody(
            @HeaderParam(IdempotencyKeys.HEADER) @Nullable String key,
            @QueryParam("thing") boolean thing,
            @Valid Trial trial) {
        return keys.once(
                "trial",
                key,
                trial,
                () ->
                        thing
                                ? Response.ok(new Thing(trial.name())).build()
                                : Response.ok(insertPlainly(trial)).build());
    }

    private Response insert(Trial trial, String name) {
        return insert(trial, name, UUID.randomUUID());
    }

    private Response insert(Trial trial, String name, UUID id) {
        jdbi.useHandle(
                handle -> handle.execute("INSERT INTO trial (id, name) VALUES (?, ?)", id, name));
        versions.own(id, 3);
        if (trial.name().startsWith("refuse")) {
            throw Refusal.unprocessable("not-this-one", "Not with this name.");
        }
        if (trial.name().startsWith("answer 409")) {
            return Response.status(409).entity(Map.of("name", name)).build();
        }
        return Response.created(URI.create("/trials/" + id))
                .entity(new TreeMap<>(Map.of("id", id, "name", name)))
                .build();
    }

    @POST
    @Path("/plain")
    public Map<String, String> insertPlainly(@Valid Trial trial) {
        jdbi.useHandle(
                handle ->
                        handle.execute(
                                "INSERT INTO trial (id, name) VALUES (?, ?)",
                                UUID.randomUUID(),
                                trial.name()));
        return Map.of("name", trial.name());
    }

    @GET
    public Page<Integer> list(@BeanParam PageRequest page, @QueryParam("odd") boolean odd) {
        String filters = "trials?odd=" + odd;
        int after = page.after(filters).map(cursor -> (int) cursor.number(0)).orElse(0);
        List<Integer> rows =
                IntStream.rangeClosed(1, 50)
                        .filter(number -> !odd || number % 2 == 1)
                        .filter(number -> number > after)
                        .limit(page.limitPlusOne())
                        .boxed()
                        .toList();
        return Page.of(rows, page.limit(), filters, Cursor::of);
    }

    @GET
    @Path("/{id}")
    public Map<String, UUID> byId(
            @PathParam("id") UUID id,
            @QueryParam("colour") @Nullable Colour colour,
            @QueryParam("short") @Nullable @Size(max = 3) String shortOnly) {
        versions.own(id, 7);
        return Map.of("id", id);
    }

    @GET
    @Path("/failures/{kind}")
    public Map<String, Object> fail(@PathParam("kind") String kind) {
        switch (kind) {
            case "bug" -> throw new IllegalStateException("secret of io.rapport.platform");
            case "busy" ->
                    throw Refusal.unavailable("too-many-trials", "Slower.")
                            .retryAfter(Duration.ofMillis(1500));
            case "gone" -> throw Refusal.gone("trial-over", "It is over.");
            case "timeout" ->
                    jdbi.useTransaction(
                            handle -> {
                                handle.execute("SET LOCAL statement_timeout = '50ms'");
                                handle.select("SELECT pg_sleep(5)").mapToMap().list();
                            });
            case "sql" -> jdbi.useHandle(handle -> handle.execute("SELECT no_such_column"));
            case "large" -> {
                return Map.of("text", "x".repeat(6 << 20));
            }
            case "unwritable" -> {
                return Map.of("thread", new Unwritable());
            }
            default -> jdbi.useHandle(handle -> handle.select("SELECT 1").mapToMap().list());
        }
        return Map.of("kind", kind);
    }

    /** Cannot be written as JSON. */
    public static final class Unwritable {
        public Object getSelf() {
            return this;
        }
    }
}
