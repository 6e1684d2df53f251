package io.rapport.faults.topic;

import java.util.Arrays;
import java.util.List;

/** The topics that are read, by name and by who may write them. */
public enum SuiteTopic {
    CUSTOMERS("customers", "customer-service"),
    INTERACTIONS("interactions", "interaction-service"),
    LOYALTY("loyalty", "loyalty-service"),
    FEEDBACK("feedback", "feedback-service"),
    PROFILES("profiles", "customer-service");

    private final String word;
    private final String writer;

    SuiteTopic(String word, String writer) {
        this.word = word;
        this.writer = writer;
    }

    public String topic() {
        return "rapport." + word + ".v1";
    }

    /** The CloudEvents source of what belongs here. */
    public String source() {
        return "/rapport/" + writer;
    }

    /** Whether customers' events are numbered in it; the other one holds states. */
    public boolean log() {
        return this != PROFILES;
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(SuiteTopic::topic).toList();
    }
}
