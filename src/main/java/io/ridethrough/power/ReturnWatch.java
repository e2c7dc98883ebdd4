package io.ridethrough.power;

import io.ridethrough.contract.Power;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Judges the return of mains to a site that is down: when it calls for a startup (R2, R17). */
final class ReturnWatch {
    private final Power.Policy policy;
    private final Supplies supplies;
    private ReturnCharge needed;
    private OptionalLong since = OptionalLong.empty();

    ReturnWatch(Power.Policy policy, Supplies supplies) {
        this.policy = policy;
        this.supplies = supplies;
        this.needed = new ReturnCharge(policy.returnCharge(), Duration.ZERO);
    }

    void expect(Duration shutdown) {
        needed = new ReturnCharge(policy.returnCharge(), shutdown);
    }

    /** How far each battery must be charged before the site comes up on it. */
    ReturnCharge needed() {
        return needed;
    }

    /** Mains is gone again, or the site is up. */
    void end() {
        since = OptionalLong.empty();
    }

    /** Whether mains is back, wherever it is needed. */
    boolean begun() {
        return since.isPresent();
    }

    Verdict judge(Verdict standing, long now) {
        Optional<Supplies.Shortage> missing = supplies.notReturned();
        if (missing.isPresent() || supplies.assets().isEmpty()) {
            end();
            if (standing.topic().equals("shutdown")) {
                return standing;
            }
            String what = missing.map(Supplies.Shortage::toString).orElse("no asset is fed by a UPS");
            return Verdict.nothing("down", "shut down; waiting for mains: " + what);
        }
        if (since.isEmpty()) {
            since = OptionalLong.of(now);
        }
        long over = since.getAsLong() + hold().toNanos();
        if (now - over < 0) {
            return Verdict.holding("return", over - now, "mains is back, waiting whether it stays; " + charge());
        }
        boolean charging = !chargeUnknown() && supplies.undercharged(needed).isPresent();
        String mains = "mains for " + Say.seconds(now - since.getAsLong()) + "; " + charge();
        if (charging && now - since.getAsLong() < policy.maxDark().toNanos()) {
            return Verdict.nothing("charging", "mains is back, the battery is not yet: " + charge());
        }
        return new Verdict(
                "startup",
                new Decision.BeginStartup(
                        charging ? mains + ", not waited for any longer than " + Say.seconds(policy.maxDark()) : mains,
                        Set.of()));
    }

    /** How far it is, if mains is back: changes with time, where a decision does not. */
    Optional<String> progress(long now) {
        return since.stream()
                .mapToObj(began -> "on mains " + Say.seconds(now - began) + " of " + Say.seconds(hold()) + " hold")
                .findFirst();
    }

    private boolean chargeUnknown() {
        return supplies.chargeUnknown().isPresent();
    }

    private Duration hold() {
        return chargeUnknown() ? policy.returnHold().multipliedBy(2) : policy.returnHold();
    }

    private String charge() {
        return chargeUnknown()
                ? "charge unknown, so the hold is doubled to " + Say.seconds(hold())
                : "charge " + supplies.charge(needed).orElse("unknown");
    }
}
