package io.rapport.customer;

/** The ways by which customers and we reach each other, in the words of interactions. */
public enum Channel {
    WEB,
    APP,
    STORE,
    PHONE,
    EMAIL,
    CHAT,
    SMS,
    SOCIAL,
    LETTER
}
