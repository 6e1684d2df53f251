package io.rapport.faults.audit;

/**
 * Something that a service was told and has acknowledged, or that it holds: what it is, its id, and
 * all that was told in one line.
 */
public record Fact(String kind, String id, String content) {}
