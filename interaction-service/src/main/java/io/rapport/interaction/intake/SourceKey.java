package io.rapport.interaction.intake;

/** What names an interaction for its source, and once in the whole suite. */
record SourceKey(String source, String sourceId) {}
