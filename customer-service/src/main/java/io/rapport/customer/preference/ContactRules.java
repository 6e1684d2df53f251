package io.rapport.customer.preference;

import static io.rapport.customer.preference.BindingPreference.AVOIDED_CHANNELS;
import static io.rapport.customer.preference.BindingPreference.CONTACT_RHYTHM;
import static io.rapport.customer.preference.BindingPreference.PREFERRED_CHANNELS;
import static io.rapport.customer.preference.BindingPreference.QUIET_HOURS;

import io.rapport.customer.Channel;
import io.rapport.customer.preference.ContactFinding.Code;
import io.rapport.customer.profile.Preference;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What speaks against turning to a customer by a channel at a time: a pure function of what the
 * customer prefers, its clock, and when we turned to it before.
 *
 * @param held what holds of each key; several where members of a merge have some, of which each
 *     counts
 * @param contacts the newest contacts between two times, the later one included, each time once for
 *     each contact, newest first; 100 are enough
 */
record ContactRules(
        Map<String, List<Preference>> held,
        ZoneId zone,
        BiFunction<Instant, Instant, List<Instant>> contacts) {

    /** As likely as not: what is held for less likely tells, and does not bind. */
    private static final BigDecimal BINDING = new BigDecimal("0.5");

    List<ContactFinding> against(Channel channel, Instant at) {
        return Stream.of(avoided(channel), quiet(at), rhythm(at), notPreferred(channel))
                .flatMap(Function.identity())
                .toList();
    }

    private Stream<ContactFinding> avoided(Channel channel) {
        return of(AVOIDED_CHANNELS)
                .filter(preference -> names(preference, channel))
                .map(
                        preference ->
                                finding(
                                        Code.CHANNEL_AVOIDED,
                                        preference,
                                        "The customer does not want to be turned to by this channel.",
                                        null));
    }

    private Stream<ContactFinding> notPreferred(Channel channel) {
        return of(PREFERRED_CHANNELS)
                .filter(preference -> !names(preference, channel))
                .map(
                        preference ->
                                new ContactFinding(
                                        Code.CHANNEL_NOT_PREFERRED,
                                        false,
                                        "The customer would rather be turned to by another channel.",
                                        null,
                                        preference));
    }

    private Stream<ContactFinding> quiet(Instant at) {
        return of(QUIET_HOURS)
                .flatMap(
                        preference ->
                                QuietHours.of(preference)
                                        .endOfQuiet(at, zone)
                                        .map(
                                                end ->
                                                        finding(
                                                                Code.QUIET_HOURS,
                                                                preference,
                                                                "By the customer's clock these are quiet hours.",
                                                                end))
                                        .stream());
    }

    private Stream<ContactFinding> rhythm(Instant at) {
        return of(CONTACT_RHYTHM)
                .flatMap(
                        preference ->
                                reached(preference, ContactRhythm.of(preference), at).stream());
    }

    private Optional<ContactFinding> reached(
            Preference preference, ContactRhythm rhythm, Instant at) {
        Instant since = at.atZone(zone).minus(rhythm.within()).toInstant();
        List<Instant> made = rhythm.atMost() == 0 ? List.of() : contacts.apply(since, at);
        if (made.size() < rhythm.atMost()) {
            return Optional.empty();
        }
        Instant until =
                rhythm.atMost() == 0
                        ? null
                        : made.get(rhythm.atMost() - 1)
                                .atZone(zone)
                                .plus(rhythm.within())
                                .toInstant();
        return Optional.of(
                finding(
                        Code.RHYTHM_REACHED,
                        preference,
                        "%d contacts since %s; at most %d within %s are wanted."
                                .formatted(made.size(), since, rhythm.atMost(), rhythm.within()),
                        until));
    }

    private static ContactFinding finding(
            Code code, Preference preference, String why, @Nullable Instant until) {
        boolean binding = preference.confidence().compareTo(BINDING) >= 0;
        return new ContactFinding(code, binding, why, until, preference);
    }

    private Stream<Preference> of(BindingPreference binding) {
        return held.getOrDefault(binding.key, List.of()).stream();
    }

    private static boolean names(Preference channels, Channel channel) {
        return channels.value() instanceof List<?> list && list.contains(channel.name());
    }
}
