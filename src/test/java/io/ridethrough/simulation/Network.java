package io.ridethrough.simulation;

import io.ridethrough.plan.Verb;
import java.util.List;
import java.util.Set;

/** Which fault makes what of a request. */
final class Network {
    /** Nothing can be seen. */
    static final List<FaultKind> BLIND = List.of(
            FaultKind.REFUSED,
            FaultKind.BLACK_HOLE,
            FaultKind.HALF_OPEN,
            FaultKind.ONE_WAY,
            FaultKind.WAN_CUT,
            FaultKind.AUTH_REVOKED,
            FaultKind.EMPTY_LIST);
    /** A command is surely not delivered. */
    static final List<FaultKind> UNDELIVERED = List.of(FaultKind.REFUSED, FaultKind.WAN_CUT);
    /** A command arrives, and its answer does not. */
    static final List<FaultKind> NO_ANSWER =
            List.of(FaultKind.HALF_OPEN, FaultKind.ONE_WAY, FaultKind.RESET_AFTER_REQUEST, FaultKind.DELAYED_REPLY);

    static final Set<Verb> TAKES_DOWN = Set.of(Verb.SHUT_DOWN, Verb.COMPOSE_STOP, Verb.COMPOSE_DOWN, Verb.POWER_OFF);
    static final Set<Verb> ENERGISES = Set.of(Verb.WAKE, Verb.START, Verb.COMPOSE_UP, Verb.RECOVER);

    private Network() {}
}
