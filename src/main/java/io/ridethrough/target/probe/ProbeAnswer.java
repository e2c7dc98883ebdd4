package io.ridethrough.target.probe;

/** How a declared question was answered. */
public record ProbeAnswer(Health health, String evidence) {
    /** What the answer means. */
    public enum Health {
        /** As declared. */
        WELL,
        /** It answered, and not as declared. */
        UNWELL,
        /** It could not be asked, or did not answer. */
        UNSEEN
    }

    public static ProbeAnswer well(String evidence) {
        return new ProbeAnswer(Health.WELL, evidence);
    }

    public static ProbeAnswer unwell(String evidence) {
        return new ProbeAnswer(Health.UNWELL, evidence);
    }

    public static ProbeAnswer unseen(String evidence) {
        return new ProbeAnswer(Health.UNSEEN, evidence);
    }
}
