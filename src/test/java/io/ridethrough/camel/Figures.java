package io.ridethrough.camel;

import java.util.Set;
import java.util.TreeSet;

/** What the scenarios of a class came to: what their power should have called for, and what it did. */
final class Figures {
    private int scenarios;
    private long outages;
    private long returns;
    private long falseShutdowns;
    private long missed;
    private long loops;
    private int cycles;
    private int forgeries;
    private final Set<String> kinds = new TreeSet<>();

    /**
     * A scenario has ended.
     *
     * @param shutdowns how many its power should have called for
     * @param startups likewise
     */
    void scenario(PowerBench b, long shutdowns, long startups) {
        scenarios++;
        outages += shutdowns;
        returns += startups;
        long down = b.begun("Shutdown");
        long up = b.begun("Startup");
        missed += Math.max(0, shutdowns - down) + Math.max(0, startups - up);
        long tooMany = Math.max(0, down - shutdowns);
        if (shutdowns == 0) {
            falseShutdowns += tooMany;
        } else {
            loops += tooMany;
        }
        loops += Math.max(0, up - startups);
    }

    /** An outage and its return were played, one of many in a row. */
    void cycle() {
        cycles++;
    }

    /** A message that no UPS sent was taken. */
    void forged(Forgery kind) {
        forgeries++;
        kinds.add(kind.name());
    }

    @Override
    public String toString() {
        return scenarios + " scenarios on upsd, dummy-ups, upsmon and mosquitto with " + outages + " outages and "
                + returns
                + " returns, " + cycles + " of each in a row; " + kinds.size() + " kinds of forged or broken messages, "
                + forgeries + " messages; " + falseShutdowns + " false shutdowns, " + missed + " missed, " + loops
                + " loops";
    }
}
