package io.ridethrough.lab.host;

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
    /** The event as it stands in events.log: tab-separated. */
    public String line() {
        return String.join("\t", Long.toString(micros), host, command, verb, id, what);
    }
}
