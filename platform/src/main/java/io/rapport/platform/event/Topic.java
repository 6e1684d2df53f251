package io.rapport.platform.event;

import java.util.Arrays;
import java.util.List;

/**
 * The topics of the suite, each written by one service only. A log is kept for good and numbered
 * for each customer; a compacted topic holds the newest version for each customer and is the only
 * place where personal data travels.
 */
public enum Topic {
    CUSTOMERS("customers", "customer-service", false),
    INTERACTIONS("interactions", "interaction-service", false),
    LOYALTY("loyalty", "loyalty-service", false),
    FEEDBACK("feedback", "feedback-service", false),
    PROFILES("profiles", "customer-service", true);

    private final String word;
    private final String service;
    private final boolean compacted;

    Topic(String word, String service, boolean compacted) {
        this.word = word;
        this.service = service;
        this.compacted = compacted;
    }

    /** The topic's name in an installation, whose topics all begin with {@code prefix}. */
    public String nameIn(String prefix) {
        return prefix + "." + word + ".v1";
    }

    /** The one service that writes this topic. */
    public String service() {
        return service;
    }

    /** What a version token calls it: a log by its service, a compacted topic by its word. */
    String stream() {
        return compacted ? word : service;
    }

    /** The CloudEvents source that its events carry. */
    public String source() {
        return "/rapport/" + service;
    }

    /**
     * Whether records carry a version and replace each other, instead of a sequence without gaps.
     */
    public boolean compacted() {
        return compacted;
    }

    /** The CloudEvents type of a record on this compacted topic. */
    String snapshotType() {
        return word + "-snapshot.v1";
    }

    /** All that a service writes: its log, and its compacted topics. */
    static List<Topic> writtenBy(String service) {
        return Arrays.stream(values()).filter(topic -> topic.service.equals(service)).toList();
    }

    /** The event log of a service. */
    public static Topic logOf(String service) {
        return Arrays.stream(values())
                .filter(topic -> !topic.compacted && topic.service.equals(service))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "rapport.service names no service: " + service));
    }
}
