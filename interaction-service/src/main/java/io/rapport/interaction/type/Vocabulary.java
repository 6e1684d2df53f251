package io.rapport.interaction.type;

import java.util.SortedMap;

/**
 * The types, channels and touchpoints that there are, by their codes and in their order, retired
 * ones too. Never changes.
 */
public record Vocabulary(
        SortedMap<String, InteractionType> types,
        SortedMap<String, Word> channels,
        SortedMap<String, Word> touchpoints) {}
