package io.rapport.customer.duplicate;

import io.rapport.customer.profile.ContactKind;
import io.rapport.customer.profile.ContactPoint;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerStatus;
import io.rapport.customer.profile.PostalAddress;
import io.rapport.customer.profile.Profile;
import io.rapport.customer.search.FoldedText;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What tells customers apart, in forms that can be compared: names and addresses as sorted folded
 * words. Who is not active has none, and so is nobody's duplicate.
 */
record Traits(
        SortedSet<String> emails,
        SortedSet<String> phones,
        List<String> name,
        @Nullable LocalDate birthday,
        List<List<String>> addresses) {

    static final Traits NONE =
            new Traits(new TreeSet<>(), new TreeSet<>(), List.of(), null, List.of());

    static Traits of(@Nullable Customer customer) {
        if (customer == null || customer.status() != CustomerStatus.ACTIVE) {
            return NONE;
        }
        Profile profile = customer.profile();
        return new Traits(
                values(profile, ContactKind.EMAIL),
                values(profile, ContactKind.PHONE),
                words(Stream.of(profile.displayName(), profile.givenName(), profile.familyName())),
                profile.birthday(),
                profile.contactPoints().stream()
                        .map(ContactPoint::address)
                        .filter(Objects::nonNull)
                        .map(Traits::address)
                        .toList());
    }

    /** Of whom nothing but this is known. */
    static Traits of(@Nullable LocalDate birthday, String name) {
        return new Traits(new TreeSet<>(), new TreeSet<>(), words(name), birthday, List.of());
    }

    /** What equal customers share exactly: two that are written at once meet at one of these. */
    SortedSet<String> keys() {
        SortedSet<String> keys = new TreeSet<>(reachable());
        if (birthday != null) {
            keys.add(birthday.toString());
        }
        return keys;
    }

    /** E-mail addresses and phone numbers. */
    Collection<String> reachable() {
        return Stream.concat(emails.stream(), phones.stream()).toList();
    }

    private static SortedSet<String> values(Profile profile, ContactKind kind) {
        return profile.contactPoints().stream()
                .filter(point -> point.kind() == kind)
                .map(ContactPoint::value)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> address(PostalAddress address) {
        return words(
                Stream.concat(
                        address.lines().stream(), Stream.of(address.postalCode(), address.city())));
    }

    /** A text as its words are compared. */
    static List<String> words(String text) {
        return words(Stream.of(text));
    }

    private static List<String> words(Stream<@Nullable String> texts) {
        return texts.filter(Objects::nonNull)
                .flatMap(text -> FoldedText.words(text).stream())
                .distinct()
                .sorted()
                .toList();
    }
}
