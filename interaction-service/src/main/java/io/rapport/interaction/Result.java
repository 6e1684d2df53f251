package io.rapport.interaction;

/** What an interaction came to. */
public enum Result {
    SOLVED,
    PARTLY_SOLVED,
    NOT_SOLVED,
    FORWARDED,
    AGREED,
    DECLINED,
    NOT_REACHED
}
