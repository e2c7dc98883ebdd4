package io.ridethrough.plan;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Stack;
import java.time.Duration;
import java.util.Optional;

/** How long a step takes by declaration. */
record Expected(Choices choices) {
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** The cluster's own rounds are ten seconds each; every node has to let go. */
    private static final Duration HA = Duration.ofSeconds(30);

    private static final Duration ASK_AROUND = Duration.ofSeconds(5);

    Duration of(Verb verb, Optional<Asset> asset) {
        return switch (verb) {
            case CHECK, GATE, PROBE, CUT_OFF -> LOOK;
            case HA_OFF, HA_ON -> HA;
            case GUARD -> ASK_AROUND;
            case RECOVER, REMEDY, PHASE_END, BETWEEN, BACK_UP -> Duration.ZERO;
            case REBOOT -> asset.map(node -> down(node).plus(up(node))).orElse(Duration.ZERO);
            case SHUT_DOWN, COMPOSE_STOP, COMPOSE_DOWN, POWER_OFF ->
                asset.map(Expected::down).orElse(Duration.ZERO);
            case SEAL -> HandOver.SENDING.plus(HandOver.LEAD);
            case HAND_OVER -> asset.map(Expected::down).orElse(Duration.ZERO).plus(HandOver.MARGIN);
            case START, COMPOSE_UP -> asset.map(Expected::up).orElse(Duration.ZERO);
            case WAKE -> asset.map(this::wake).orElse(Duration.ZERO);
        };
    }

    /** A machine that the same run has left up only shows that it answers. */
    private Duration wake(Asset asset) {
        boolean leftUp = choices.intent().phases().contains(Phase.SHUTDOWN) && !choices.goesOff(asset);
        return leftUp ? LOOK : up(asset);
    }

    private static Duration down(Asset asset) {
        if (asset instanceof Guest guest) {
            return guest.stop();
        }
        if (asset instanceof Node node) {
            return node.off().plus(node.proofOfOff().quiet());
        }
        if (asset instanceof Nas nas) {
            return nas.off().plus(nas.proofOfOff().quiet());
        }
        return asset instanceof Stack stack ? stack.stop() : Duration.ZERO;
    }

    private static Duration up(Asset asset) {
        if (asset instanceof Guest guest) {
            return guest.start();
        }
        if (asset instanceof Node node) {
            return node.boot();
        }
        if (asset instanceof Nas nas) {
            return nas.boot();
        }
        return asset instanceof Stack stack ? stack.start() : Duration.ZERO;
    }
}
