package io.rapport.customer.search;

import io.rapport.customer.profile.AttributeReading;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.search.SearchQuery.Part;
import io.rapport.customer.search.SearchRows.Found;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds customers by what somebody typed. First the terms that may have been meant are looked up,
 * then a page of the customers that have them: best ones first, and those alike in the order of
 * their ids. No list ends before its last customer.
 */
@ApplicationScoped
class CustomerSearch {

    private final SearchRows rows;
    private final CustomerRows customers;
    private final AttributeReading attributes;

    CustomerSearch(SearchRows rows, CustomerRows customers, AttributeReading attributes) {
        this.rows = rows;
        this.customers = customers;
        this.attributes = attributes;
    }

    @Transactional
    Page<SearchHit> page(SearchRequest request, PageRequest page) {
        SearchRequest.Filter filter = request.filter(attributes.sought(request.attributes()));
        SearchQuery query = SearchQuery.of(request.query());
        String filters = "search?" + request;
        Found last = page.after(filters).map(CustomerSearch::found).orElse(null);
        Page<Found> found =
                Page.of(
                        find(meant(query), filter, last, page.limitPlusOne()),
                        page.limit(),
                        filters,
                        hit -> Cursor.of(hit.cost(), hit.customer()));
        return hits(found);
    }

    private static Found found(Cursor cursor) {
        return new Found(cursor.uuid(1), Math.clamp(cursor.number(0), 0, Integer.MAX_VALUE));
    }

    /** The query, with words in place of an e-mail address that nobody has. */
    private List<Part> meant(SearchQuery query) {
        return query.parts().stream()
                .flatMap(
                        part ->
                                part.isEmail() && !rows.isKnown(part.terms().getFirst())
                                        ? part.unlessKnown().stream()
                                        : Stream.of(part))
                .distinct()
                .limit(SearchQuery.MOST_PARTS)
                .toList();
    }

    private List<Found> find(
            List<Part> parts, SearchRequest.Filter filter, @Nullable Found last, int limit) {
        if (parts.isEmpty()) {
            return List.of();
        }
        List<Spelled> terms = terms(parts);
        return parts.size() == 1
                ? rows.ofOnePart(terms, filter, last, limit)
                : rows.ofSeveralParts(terms, filter, last, limit);
    }

    /** All terms that meet a part, those that cost least first. */
    private List<Spelled> terms(List<Part> parts) {
        List<Spelled> terms = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            for (String term : parts.get(i).terms()) {
                terms.add(new Spelled(term, i, Spelling.SAME));
            }
        }
        List<String> words = parts.stream().flatMap(part -> part.word().stream()).toList();
        if (!words.isEmpty()) {
            for (SearchRows.Similar similar : rows.similar(words)) {
                Spelling.cost(similar.wanted(), similar.found())
                        .ifPresent(
                                cost ->
                                        terms.add(
                                                new Spelled(
                                                        similar.found(),
                                                        part(parts, similar.wanted()),
                                                        cost)));
            }
        }
        return terms.stream().distinct().sorted(Spelled.BY_COST).toList();
    }

    private static int part(List<Part> parts, String word) {
        return parts.indexOf(Part.word(word));
    }

    /** Who was erased since is not told. */
    private Page<SearchHit> hits(Page<Found> found) {
        Map<UUID, Customer> byId =
                customers.byIds(found.items().stream().map(Found::customer).toList());
        List<SearchHit> hits =
                found.items().stream()
                        .flatMap(
                                hit ->
                                        Stream.ofNullable(byId.get(hit.customer()))
                                                .map(
                                                        customer ->
                                                                SearchHit.of(customer, hit.cost())))
                        .toList();
        return new Page<>(hits, found.next());
    }
}
