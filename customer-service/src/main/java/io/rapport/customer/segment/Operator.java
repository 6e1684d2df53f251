package io.rapport.customer.segment;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a condition compares what a customer has. */
@Schema(name = "SegmentOperator")
public enum Operator {
    /** It is one of the values, or one of its elements is. */
    ANY_OF,
    /** It is the value or more. */
    AT_LEAST,
    /** It is the value or less. */
    AT_MOST,
    /** It lies further back than the period. */
    OLDER_THAN,
    /** It lies no further back than the period, or ahead. */
    NEWER_THAN,
    /** Anything at all is known. */
    KNOWN
}
