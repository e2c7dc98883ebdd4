package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.util.EnumSet;
import java.util.Set;

/** Whether something may happen now, and why. What could not be seen is never a grant. */
public sealed interface Gate {
    /** In words for people, with what was seen. */
    String why();

    /** One word for receipts. */
    String word();

    /** What is seen is as it has to be. */
    record Granted(String why) implements Gate {
        @Override
        public String word() {
            return "granted";
        }
    }

    /** It is not, or cannot be seen, and a person lets it happen by its name. */
    record Acknowledged(String why) implements Gate {
        @Override
        public String word() {
            return "acknowledged";
        }
    }

    /** It is not, or cannot be seen, and nothing stops a shutdown by power (R34). */
    record Found(String why) implements Gate {
        @Override
        public String word() {
            return "found";
        }
    }

    /** It may not. */
    record Denied(String why) implements Gate {
        @Override
        public String word() {
            return "denied";
        }
    }

    /** The steps that are gates: the out-of-band guard, and the hard stops of the standard. */
    Set<Verb> VERBS = EnumSet.of(Verb.GUARD, Verb.GATE);

    /** How evidence begins that a person's word let pass. */
    String ON_SITE = "acknowledged on site, though: ";

    /** How evidence begins of what a shutdown by power does not heed. */
    String NO_STOP = "power does not wait for it: ";

    /** What lets a gate pass that denies: the on-site token of the guard, the id of a control. */
    static String token(Step step) {
        return step.control().orElse(Intent.ON_SITE);
    }

    /** The answer of a gate. */
    static Gate of(Step step, Sight seen, Intent intent) {
        if (seen instanceof Sight.Desired) {
            return new Granted(seen.evidence());
        }
        String found = seen instanceof Sight.Unseen && step.verb() == Verb.GATE
                ? "it cannot be seen, which is no grant: " + seen.evidence()
                : seen.evidence();
        if (intent.trigger() == Trigger.POWER && step.phase() == Phase.SHUTDOWN) {
            return new Found(NO_STOP + found);
        }
        if (intent.accepts(token(step))) {
            return new Acknowledged(acknowledged(step) + found);
        }
        return new Denied(step.verb() == Verb.GATE ? found + " (acknowledge " + token(step) + " to go on)" : found);
    }

    private static String acknowledged(Step step) {
        return step.verb() == Verb.GUARD ? ON_SITE : "acknowledged by name (" + token(step) + "), though: ";
    }

    /** How a gate's step settled, for the receipt. */
    static ObjectNode told(Settled settled) {
        Outcome outcome = settled.outcome();
        String word = !outcome.satisfied()
                ? "denied"
                : outcome.isPersonsWord() || outcome.evidence().startsWith("acknowledged ")
                        ? "acknowledged"
                        : outcome.evidence().startsWith(NO_STOP) ? "found" : "granted";
        return told(settled.step(), word, outcome.evidence());
    }

    /** The same of a gate that was only asked. */
    static ObjectNode told(Step step, String word, String why) {
        ObjectNode body = Notes.object().put("gate", step.control().orElse("out-of-band"));
        step.asset().map(AssetId::toString).ifPresent(asset -> body.put("asset", asset));
        return body.put("answer", word).put("why", why);
    }
}
