package io.rapport.platform.event;

/**
 * CloudEvents 1.0, Kafka binary content mode: attributes are headers with the prefix {@code ce_}.
 */
final class CloudEventHeaders {

    static final String SPEC_VERSION = "ce_specversion";
    static final String ID = "ce_id";
    static final String SOURCE = "ce_source";
    static final String TYPE = "ce_type";
    static final String SUBJECT = "ce_subject";
    static final String TIME = "ce_time";
    static final String CUSTOMER_SEQUENCE = "ce_customersequence";
    static final String VERSION = "ce_version";
    static final String CORRELATION_ID = "ce_correlationid";
    static final String CAUSATION_ID = "ce_causationid";
    static final String HOPS = "ce_hops";
    static final String CONTENT_TYPE = "content-type";
    static final String TRACEPARENT = "traceparent";

    private CloudEventHeaders() {}
}
