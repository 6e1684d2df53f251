package io.rapport.interaction;

/** What a customer was seen to feel in an interaction. */
public enum Emotion {
    JOY,
    TRUST,
    SURPRISE,
    SADNESS,
    FEAR,
    ANGER,
    DISGUST
}
