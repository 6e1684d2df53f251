package io.rapport.interaction.thread;

import io.rapport.interaction.type.Preconditions;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Answers about a thread, with the headers that belong to it. */
final class ThreadAnswers {

    static final String PROBLEM = "Problem";
    static final String PATH = "/interactions/threads/";

    private ThreadAnswers() {}

    static Response of(Matter matter) {
        return of(Response.ok(ThreadView.of(matter)), matter);
    }

    static Response read(Matter matter, @Nullable String ifNoneMatch) {
        return of(
                Preconditions.names(ifNoneMatch, matter.root().version())
                        ? Response.notModified()
                        : Response.ok(ThreadView.of(matter)),
                matter);
    }

    static Response opened(Matter matter) {
        return of(
                Response.status(Response.Status.CREATED)
                        .header(HttpHeaders.LOCATION, PATH + matter.root().id())
                        .entity(ThreadView.of(matter)),
                matter);
    }

    static void requireMatch(@Nullable String ifMatch, long version) {
        Preconditions.requireMatch(ifMatch, version);
    }

    private static Response of(Response.ResponseBuilder answer, Matter matter) {
        boolean itself = matter.named().equals(matter.root().id());
        return answer.header(HttpHeaders.ETAG, Preconditions.tag(matter.root().version()))
                .header(HttpHeaders.CONTENT_LOCATION, itself ? null : PATH + matter.root().id())
                .build();
    }
}
