package io.rapport.interaction.type;

import io.rapport.interaction.type.Definitions.Put;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Answers about definitions, with the headers that belong to them. */
@ApplicationScoped
class DefinitionAnswers {

    static final String PROBLEM = "Problem";
    static final String VERSION = "The definition's version.";
    static final String IF_NONE_MATCH =
            "The ETag that the caller has: 304 while it is the definition's.";

    private final Vocabularies vocabularies;

    DefinitionAnswers(Vocabularies vocabularies) {
        this.vocabularies = vocabularies;
    }

    Response read(long version, Object view, @Nullable String ifNoneMatch) {
        boolean known = Preconditions.names(ifNoneMatch, version);
        return (known ? Response.notModified() : Response.ok(view))
                .header(HttpHeaders.ETAG, Preconditions.tag(version))
                .build();
    }

    /** What was committed is known in this process at once. */
    Response changed(VocabularyList list, Put<?> put, Object view) {
        vocabularies.forget();
        Definition<?> definition = put.definition();
        Response.ResponseBuilder answer =
                put.made()
                        ? Response.status(Response.Status.CREATED)
                                .header(HttpHeaders.LOCATION, list.path() + "/" + definition.code())
                        : Response.ok();
        return answer.header(HttpHeaders.ETAG, Preconditions.tag(definition.version()))
                .entity(view)
                .build();
    }

    <T extends DefinitionTerms> Definition<T> deleted(Definition<T> definition) {
        vocabularies.forget();
        return definition;
    }
}
