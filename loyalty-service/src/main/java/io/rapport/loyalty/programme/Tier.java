package io.rapport.loyalty.programme;

/** A step of a programme's ladder, reached at so many qualifying points. */
public record Tier(String code, long qualifyingPoints) {}
