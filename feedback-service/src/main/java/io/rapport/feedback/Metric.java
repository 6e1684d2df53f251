package io.rapport.feedback;

/** What a rating measures, each on its own scale of whole numbers. */
public enum Metric {
    /** Net promoter: would you recommend us? */
    NPS(0, 10),
    /** Satisfaction. */
    CSAT(1, 5),
    /** Ease: the higher, the less effort. */
    CES(1, 7);

    private final int lowest;
    private final int highest;

    Metric(int lowest, int highest) {
        this.lowest = lowest;
        this.highest = highest;
    }

    public int lowest() {
        return lowest;
    }

    public int highest() {
        return highest;
    }

    public boolean hasOnScale(int rating) {
        return lowest <= rating && rating <= highest;
    }
}
