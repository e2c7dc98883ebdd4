package io.ridethrough.power;

import io.ridethrough.contract.Ups;
import java.util.Map;
import java.util.Optional;

/** Reads what the entities of a UPS in Home Assistant show, by their declaration (protocols 4). Immutable. */
public final class EntityStates {
    private final Ups.HomeSource source;
    private final Words words;

    public EntityStates(Ups.HomeSource source) {
        this.source = source;
        this.words = new Words(source.words(), source.runtimeUnit());
    }

    /**
     * What they say together. Without a status entity the UPS is lost; any other that is away, or makes no sense, is absent.
     *
     * @param states the states by the ids of their entities
     */
    public Parsed parse(Map<String, String> states) {
        Optional<String> status = state("status", states);
        if (status.isEmpty()) {
            return new Parsed.CommunicationLost("Home Assistant has no entity of its status");
        }
        Parsed parsed = words.status(status.get());
        if (!(parsed instanceof Parsed.Update update)) {
            return parsed;
        }
        return new Parsed.Update(
                update.status(),
                words.percent(state("charge", states).orElse(""), 100),
                words.runtime(state("runtime", states).orElse("")),
                words.percent(state("load", states).orElse(""), 1_000));
    }

    private Optional<String> state(String ours, Map<String, String> states) {
        return Optional.ofNullable(source.entities().get(ours)).flatMap(id -> Optional.ofNullable(states.get(id)));
    }
}
