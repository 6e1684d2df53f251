package io.rapport.customer.search;

import io.rapport.customer.profile.AttributeReading;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.search.Meant.Begun;
import io.rapport.customer.search.SearchQuery.Part;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Finds customers by what somebody typed. First the terms that may have been meant are looked up,
 * then a page of the customers that have them: best ones first, and those alike in an order that
 * stays the same. No list ends before its last customer.
 */
@ApplicationScoped
class CustomerSearch {

    private final SearchRows rows;
    private final OnePartRows onePart;
    private final SeveralPartsRows severalParts;
    private final CustomerRows customers;
    private final AttributeReading attributes;

    CustomerSearch(
            SearchRows rows,
            OnePartRows onePart,
            SeveralPartsRows severalParts,
            CustomerRows customers,
            AttributeReading attributes) {
        this.rows = rows;
        this.onePart = onePart;
        this.severalParts = severalParts;
        this.customers = customers;
        this.attributes = attributes;
    }

    @Transactional
    Page<SearchHit> page(SearchRequest request, PageRequest page) {
        SearchRequest.Filter filter = request.filter(attributes.sought(request.attributes()));
        SearchQuery query = SearchQuery.of(request.query());
        String filters = "search?" + request;
        Found last = page.after(filters).map(Found::at).orElse(Found.NONE);
        Page<Found> found =
                Page.of(
                        find(meant(query), filter, last, page.limitPlusOne()),
                        page.limit(),
                        filters,
                        Found::cursor);
        return hits(found);
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

    private List<Found> find(List<Part> parts, SearchRequest.Filter filter, Found last, int limit) {
        if (parts.isEmpty()) {
            return List.of();
        }
        Meant meant = terms(parts);
        return parts.size() == 1
                ? onePart.of(meant, filter, last, limit)
                : severalParts.of(meant, parts.size(), filter, last, limit);
    }

    private Meant terms(List<Part> parts) {
        List<Spelled> terms = new ArrayList<>();
        List<Begun> begun = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            for (String term : parts.get(i).terms()) {
                terms.add(new Spelled(term, i, Spelling.SAME));
            }
        }
        List<String> words = parts.stream().flatMap(part -> part.word().stream()).toList();
        if (!words.isEmpty()) {
            for (SearchRows.Similar similar : rows.similar(words)) {
                int part = parts.indexOf(Part.word(similar.wanted()));
                OptionalInt cost = Spelling.cost(similar.wanted(), similar.found());
                if (cost.isPresent() && cost.getAsInt() == Spelling.BEGINNING) {
                    begun.add(new Begun(similar.wanted(), part));
                } else if (cost.isPresent()) {
                    terms.add(new Spelled(similar.found(), part, cost.getAsInt()));
                }
            }
        }
        return new Meant(
                terms.stream().distinct().sorted(Spelled.BY_COST).toList(),
                begun.stream().distinct().toList());
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
