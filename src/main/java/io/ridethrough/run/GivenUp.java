package io.ridethrough.run;

import io.ridethrough.plan.Step;

/** What nobody makes sure of any more once a person overrides a step: no safety is given up in silence (R33). */
final class GivenUp {
    private GivenUp() {}

    static String by(Ruling ruling, Step step) {
        return switch (ruling.word()) {
            case SKIP -> "given up: " + skipped(step);
            case MARK_DONE -> "given up: nobody saw it; " + unseen(step);
            case AT -> "given up: the declared address; the pinned host key and certificate still count";
            case RETRY -> "nothing is given up: it is looked at first";
        };
    }

    private static String skipped(Step step) {
        return switch (step.verb()) {
            case CHECK -> "that the target answers and holds what is declared, before anything is touched";
            case GATE -> "that this hard stop holds before anything goes down";
            case GUARD -> "that a way in stays open while the site is down";
            case CUT_OFF -> "that the UPS gives its load back by itself when mains return";
            case BACK_UP -> "that a backup of it is made before it goes down";
            case HA_OFF -> "that the cluster does not start elsewhere, or reset, what is taken down";
            case HA_ON -> "that the cluster looks after its guests again";
            case WAKE, START, COMPOSE_UP -> "that it is up before what needs it starts";
            case BETWEEN -> "that what is declared between drain and reboot was done";
            case REBOOT -> "that the node has rebooted";
            case RECOVER, REMEDY, PROBE -> "that it is well at the end";
            default -> "that it is down before what it stands on goes down";
        };
    }

    private static String unseen(Step step) {
        return switch (step.verb()) {
            case POWER_OFF -> "a UPS does not cut its load by this word";
            default -> "what needs it goes on by this word";
        };
    }
}
