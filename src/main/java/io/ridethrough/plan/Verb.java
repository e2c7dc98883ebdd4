package io.ridethrough.plan;

import java.util.Locale;

/** What a step does to its asset. */
public enum Verb {
    /** Precheck, and of nodes verify too: the target answers, and what it holds is as declared and well. Changes nothing. */
    CHECK,
    /** Precheck: the way in stays open while the site is down. Changes nothing. */
    GUARD,
    /**
     * Before anything is taken down: a control that is a hard stop holds for the asset. In a shutdown by power it stops
     * nothing and tells what was found. Changes nothing.
     */
    GATE,
    /** A cluster's high availability lets go of its guests, before the first of them stops (R23, R40). */
    HA_OFF,
    /** A Home Assistant makes a backup of itself, before planned work shuts it down. */
    BACK_UP,
    /** A guest shuts down. */
    SHUT_DOWN,
    /** A stack's containers stop. */
    COMPOSE_STOP,
    /** A stack's containers stop and are removed. */
    COMPOSE_DOWN,
    /** A node or NAS powers off. */
    POWER_OFF,
    /** Every machine that the orchestrator hangs on is told when to power off by itself; our own is told last (R30). */
    SEAL,
    /** A machine that was told so at the seal has powered off: proven when the orchestrator is back (R30). */
    HAND_OVER,
    /** A UPS is told to cut its load after a delay, and to give it back when mains return (R35). */
    CUT_OFF,
    /** A drained node is worked on as its policy declares, for example updated. */
    BETWEEN,
    /** A node reboots: proven by another boot id. */
    REBOOT,
    /** A cluster's high availability takes its guests up again, once its nodes are back (R23). */
    HA_ON,
    /** A node or NAS is energised and answers. */
    WAKE,
    /** A guest starts and is ready. */
    START,
    /** A stack comes up and is well. */
    COMPOSE_UP,
    /** Recovery: observed again; what should be up and is not is brought up, boundedly. */
    RECOVER,
    /** Recovery, or on request: what a control found broken is mended by its remedy, and seen to hold. */
    REMEDY,
    /** Verify: a declared probe. Changes nothing. */
    PROBE,
    /** The end of a phase: a join of all its steps. Acts on nothing. */
    PHASE_END;

    /** The word people read: {@code power-off}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
