package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.plan.HandOver;
import io.ridethrough.plan.HandOver.Hop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was written before the first machine was told (R30): everything that is about to be sent, and which boot of each
 * machine it was, so that another boot proves its end.
 *
 * @param ownBoot of the machine that the process ran on
 * @param boots by machine, of those that told theirs
 */
record Sealed(Optional<String> ownBoot, Map<String, String> boots) {
    Sealed {
        boots = Map.copyOf(boots);
    }

    /** The record, which is also the seal's own intention. */
    ObjectNode body(HandOver told) {
        ObjectNode body = Notes.intention(
                told.seal(), new Rung(Rung.Force.GRACEFUL, told.seal().expected()), 0);
        ownBoot.ifPresent(boot -> body.put("own-boot", boot));
        ArrayNode hops = body.putArray("hops");
        for (Hop hop : told.hops()) {
            ObjectNode each = hops.addObject()
                    .put("step", hop.step().id().value())
                    .put("machine", hop.machine().toString())
                    .put("delay", hop.delay().toString());
            boot(hop).ifPresent(boot -> each.put("boot", boot));
        }
        return body;
    }

    static Sealed read(JsonNode body) {
        Map<String, String> boots = new LinkedHashMap<>();
        for (JsonNode hop : body.path("hops")) {
            if (hop.hasNonNull("boot")) {
                boots.put(hop.path("machine").asText(), hop.path("boot").asText());
            }
        }
        Optional<String> own =
                body.hasNonNull("own-boot") ? Optional.of(body.path("own-boot").asText()) : Optional.empty();
        return new Sealed(own, boots);
    }

    Optional<String> boot(Hop hop) {
        return boot(hop.machine().toString());
    }

    Optional<String> boot(String machine) {
        return Optional.ofNullable(boots.get(machine));
    }

    /** How a hop is intended: after its delay, by itself. */
    static Rung rung(Hop hop) {
        return new Rung(Rung.Force.GRACEFUL, hop.delay());
    }

    /** The evidence that another boot followed the one that was sealed. */
    static Optional<String> another(Optional<String> before, Optional<String> now) {
        boolean both = before.isPresent() && now.isPresent();
        return both && !before.equals(now)
                ? Optional.of("boot id " + before.get() + " before, " + now.get() + " now")
                : Optional.empty();
    }

    /** For a hop whose end cannot be waited for: as long as it may take at most. */
    static Duration utmost(Hop hop) {
        return hop.delay().plus(hop.step().expected()).plus(HandOver.MARGIN);
    }
}
