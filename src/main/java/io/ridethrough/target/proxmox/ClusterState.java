package io.ridethrough.target.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a cluster stands (protocols 1.2, 1.4): whether it may act at all, and what its high availability looks after.
 *
 * @param resources what is configured to be looked after, whoever looks after it now
 */
public record ClusterState(Quorum quorum, Armed armed, List<Resource> resources) {
    /** Whether it has its majority; a node that is in no cluster needs none. */
    public enum Quorum {
        THERE,
        MISSING,
        NOT_NEEDED,
        UNTOLD
    }

    /** What its fencing is at. {@code UNTOLD} is every version that cannot be disarmed. */
    public enum Armed {
        ARMED,
        STANDBY,
        DISARMING,
        DISARMED,
        UNTOLD
    }

    /** What high availability is to be. */
    public enum Wanted {
        DISARMED,
        ARMED
    }

    /** One guest that is looked after, as {@code vm:100}, and the state that is asked for it. */
    public record Resource(String sid, String state) {
        /** The state in which it is left alone (pve-docs, ha-manager.adoc, resource states). */
        public static final String IGNORED = "ignored";

        /** Every state that may be asked for; {@code enabled} is an old name of {@code started} (the same page). */
        public static final List<String> STATES = List.of(IGNORED, "started", "stopped", "disabled", "enabled");

        public boolean isIgnored() {
            return state.equals(IGNORED);
        }

        @Override
        public String toString() {
            return sid + " " + state;
        }
    }

    public ClusterState {
        resources = List.copyOf(resources);
    }

    /**
     * Reads it.
     *
     * @param status {@code /cluster/status}
     * @param resources {@code /cluster/ha/resources}
     * @param current {@code /cluster/ha/status/current}
     */
    public static ClusterState read(JsonNode status, JsonNode resources, JsonNode current) {
        List<Resource> all = new ArrayList<>();
        for (JsonNode one : resources) {
            all.add(new Resource(one.path("sid").asText("?"), one.path("state").asText("started"))); // its default
        }
        return new ClusterState(quorum(status), armed(current), all);
    }

    private static Quorum quorum(JsonNode status) {
        for (JsonNode one : status) {
            if (one.path("type").asText().equals("cluster")) {
                return one.path("quorate").asText().matches("1|true") ? Quorum.THERE : Quorum.MISSING;
            }
        }
        return status.isArray() && !status.isEmpty() ? Quorum.NOT_NEEDED : Quorum.UNTOLD;
    }

    private static Armed armed(JsonNode current) {
        for (JsonNode one : current) {
            String word = one.path("armed-state").asText("").toUpperCase(Locale.ROOT);
            for (Armed known : Armed.values()) {
                if (known.name().equals(word)) {
                    return known;
                }
            }
        }
        return Armed.UNTOLD;
    }

    /** Whether nothing is looked after, or nobody looks. Resources that are ignored are watched over all the same. */
    public boolean letsGo() {
        return armed == Armed.DISARMED || resources.isEmpty();
    }

    @Override
    public String toString() {
        String looked = resources.isEmpty()
                ? "looks after nothing"
                : "looks after "
                        + resources.stream().map(Resource::toString).sorted().collect(Collectors.joining(", "));
        return "high availability " + looked
                + (armed == Armed.UNTOLD ? "" : ", " + armed.name().toLowerCase(Locale.ROOT));
    }
}
