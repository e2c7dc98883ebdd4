package io.ridethrough.lab.host;

import java.util.Set;

/**
 * One line of the hosts' own log.
 *
 * @param micros microseconds since the epoch
 * @param host the asset it happened on, {@code site/name}
 * @param command for example {@code qm}, {@code poweroff}, {@code wake}
 * @param verb for example {@code shutdown}; {@code -} when there is none
 * @param id the guest id or other object; {@code -} when there is none
 * @param what {@code begin end call refused timeout}, or {@code violation} for what no correct run causes
 */
public record LabEvent(long micros, String host, String command, String verb, String id, String what) {
    /** What a node shuts down its own guests by as it goes off: a unit of Proxmox VE. */
    static final String NODES_OWN = "pve-guests";

    private static final Set<String> DOWNWARDS = Set.of("shutdown", "stop", "poweroff");

    /** Whether something was told to go down; what a node does to its guests as it goes off itself was not told. */
    public boolean toldToGoDown() {
        return DOWNWARDS.contains(verb) && (what.equals("begin") || what.equals("call")) && !command.equals(NODES_OWN);
    }

    /** Whether something that went down, told or not, is down by now. */
    public boolean wentDown() {
        return DOWNWARDS.contains(verb) && what.equals("end");
    }

    /** The event as it stands in events.log: tab-separated. */
    public String line() {
        return String.join("\t", Long.toString(micros), host, command, verb, id, what);
    }
}
