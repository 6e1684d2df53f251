package io.rapport.interaction.briefing;

import io.rapport.directory.KnownPreferences;
import io.rapport.directory.Relationship;
import io.rapport.interaction.fact.Fact;
import io.rapport.interaction.fact.FactLists;
import io.rapport.interaction.fact.Known;
import io.rapport.interaction.promise.PromiseLists;
import io.rapport.platform.event.Versions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Puts together what whoever serves a customer should know: of each part a bounded number of rows,
 * however much is held.
 */
@ApplicationScoped
class Briefings {

    private static final int MOST_PROMISES = 50;

    private final FactLists facts;
    private final PromiseLists promises;
    private final Moods moods;
    private final KnownPreferences preferences;
    private final Versions versions;
    private final Clock clock;

    Briefings(
            FactLists facts,
            PromiseLists promises,
            Moods moods,
            KnownPreferences preferences,
            Versions versions,
            Clock clock) {
        this.facts = facts;
        this.promises = promises;
        this.moods = moods;
        this.preferences = preferences;
        this.versions = versions;
        this.clock = clock;
    }

    Briefing of(Relationship of) {
        versions.read(of.members());
        List<Fact> known = facts.known(of.members());
        return new Briefing(
                of.survivor(),
                of.members(),
                clock.instant(),
                topics(known),
                known.stream()
                        .filter(fact -> Known.why(fact) != Known.Why.UNSURE)
                        .map(NotToAsk::of)
                        .toList(),
                promises.open(of.members(), MOST_PROMISES),
                moods.last(of.members()).orElse(null),
                preferences.of(of.survivor()));
    }

    private static List<Briefing.Topic> topics(List<Fact> known) {
        return known.stream()
                .filter(fact -> !fact.declined())
                .collect(Collectors.groupingBy(Fact::topic, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(topic -> new Briefing.Topic(topic.getKey(), topic.getValue()))
                .toList();
    }
}
