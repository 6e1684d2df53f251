package io.rapport.customer.erasure;

/**
 * Why a customer is erased: words instead of text, since nobody is to be told of in what stays. The
 * first five are those of Article 17 of the GDPR.
 */
public enum ErasureReason {
    NO_LONGER_NEEDED,
    CONSENT_WITHDRAWN,
    OBJECTION,
    UNLAWFUL,
    LEGAL_OBLIGATION,
    /** It was never a customer: a test, or somebody made up. */
    NOT_A_CUSTOMER
}
