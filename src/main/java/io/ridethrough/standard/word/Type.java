package io.ridethrough.standard.word;

/** What a word stands for. */
public enum Type {
    TEXT,
    NUMBER,
    TRUTH,
    TEXTS,
    NUMBERS,
    TEXT_BY_NAME,
    NUMBER_BY_NAME
}
