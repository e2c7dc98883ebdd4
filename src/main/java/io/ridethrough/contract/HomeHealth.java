package io.ridethrough.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a well Home Assistant looks like. Each part is empty where the contract does not declare it.
 *
 * @param unavailable which of its entities may be unavailable
 * @param dashboards how many views each has at least, by its path; 0 where only its presence is declared
 * @param integrations the hosts at which each is to be reached, by its domain; none where only its presence is declared
 * @param gone destroyed guests of all sites, as names of entities have them: {@code immich_101}
 */
public record HomeHealth(
        Optional<Unavailable> unavailable,
        SortedMap<String, Integer> dashboards,
        Optional<Automations> automations,
        SortedMap<String, List<String>> integrations,
        Optional<Zigbee> zigbee,
        List<String> gone) {
    public HomeHealth {
        dashboards = new TreeMap<>(dashboards);
        integrations = new TreeMap<>(integrations);
        gone = List.copyOf(gone);
    }

    /** What of it the contract does not declare, by its key there. */
    public List<String> undeclared() {
        Map<String, Boolean> declared = new TreeMap<>(Map.of(
                "automations", automations.isPresent(),
                "dashboards", !dashboards.isEmpty(),
                "integrations", !integrations.isEmpty(),
                "unavailable", unavailable.isPresent(),
                "zigbee2mqtt", zigbee.isPresent()));
        declared.values().removeIf(is -> is);
        return List.copyOf(declared.keySet());
    }

    /**
     * The allowance for entities that are unavailable.
     *
     * @param expected ids with {@code *} for any text
     * @param others how many besides
     */
    public record Unavailable(List<String> expected, int others) {
        public Unavailable {
            expected = List.copyOf(expected);
        }

        /** Whether that one may be. */
        public boolean expects(String entity) {
            return matches(expected, entity);
        }
    }

    /**
     * How long ago an automation that is on may have been triggered last.
     *
     * @param rests ids of those that may wait longer
     */
    public record Automations(Duration limit, List<String> rests) {
        public Automations {
            rests = List.copyOf(rests);
        }

        /** Whether that one may wait for ever. */
        public boolean rests(String automation) {
            return matches(rests, automation);
        }
    }

    /**
     * Its Zigbee2MQTT.
     *
     * @param broker where it publishes, for example {@code tcp://192.0.2.100:1883}
     * @param secret of a login {@code user:password}; empty where the broker wants none
     * @param tls what its certificate must be, where its address is {@code ssl://}
     * @param topic the first part of its topics
     * @param devices friendly names
     */
    public record Zigbee(
            String broker, Optional<String> secret, Optional<ApiAccess.Tls> tls, String topic, List<String> devices) {
        public Zigbee {
            devices = List.copyOf(devices);
        }
    }

    private static boolean matches(List<String> globs, String text) {
        return globs.stream().anyMatch(glob -> text.matches(Pattern.quote(glob).replace("*", "\\E.*\\Q")));
    }
}
