package io.ridethrough.target.zigbee;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.https.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The retained topics of one bridge (protocols 5): {@code bridge/state}, {@code bridge/devices} and the availability of
 * each device, which is there only where the bridge is told to keep it.
 *
 * @param base the first part of its topics
 */
public record ZigbeeTopics(String base) {
    /** Where the bridge, or its last will, says whether it is there. */
    public String bridge() {
        return base + "/bridge/state";
    }

    private String paired() {
        return base + "/bridge/devices";
    }

    private String availability(String device) {
        return base + "/" + device + "/availability";
    }

    /** All that tells of these devices. */
    public Set<String> of(List<String> devices) {
        Set<String> topics = new TreeSet<>(Set.of(paired()));
        devices.forEach(device -> topics.add(availability(device)));
        return topics;
    }

    /** {@code online}, {@code offline}, or what stands there instead; empty where nothing does. */
    public String state(Map<String, String> kept) {
        return word(kept.get(bridge()));
    }

    /**
     * How devices are.
     *
     * @param available those that are online
     * @param away those that are offline, or not paired, in words
     * @param untold those of which no availability is kept
     */
    public record Devices(List<String> available, List<String> away, List<String> untold) {
        public Devices {
            available = List.copyOf(available);
            away = List.copyOf(away);
            untold = List.copyOf(untold);
        }
    }

    /** Of these devices; empty where the bridge keeps no list of those that are paired. */
    public Optional<Devices> devices(Map<String, String> kept, List<String> names) {
        Optional<JsonNode> list = Optional.ofNullable(kept.get(paired())).flatMap(Reply::json);
        if (list.isEmpty() || !list.get().isArray()) {
            return Optional.empty();
        }
        Set<String> paired = new TreeSet<>();
        list.get().forEach(one -> paired.add(one.path("friendly_name").asText("")));
        List<String> available = new ArrayList<>();
        List<String> away = new ArrayList<>();
        List<String> untold = new ArrayList<>();
        for (String name : names) {
            String word = word(kept.get(availability(name)));
            if (!paired.contains(name)) {
                away.add(name + " is not paired");
            } else if (word.equals("online")) {
                available.add(name);
            } else if (word.isEmpty()) {
                untold.add(name);
            } else {
                away.add(name + " is " + word);
            }
        }
        return Optional.of(new Devices(available, away, untold));
    }

    /** Version 2 says it as JSON, version 1 may say the bare word. */
    private static String word(@Nullable String payload) {
        if (payload == null) {
            return "";
        }
        return Reply.json(payload)
                .map(json -> json.path("state").asText(""))
                .filter(word -> !word.isEmpty())
                .orElse(payload.strip());
    }
}
