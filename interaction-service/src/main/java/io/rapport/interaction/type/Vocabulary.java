package io.rapport.interaction.type;

import java.util.SortedMap;

/**
 * The types and channels (code and label) that there are, in the order of their codes. Never
 * changes.
 */
public record Vocabulary(
        SortedMap<String, InteractionType> types, SortedMap<String, String> channels) {}
