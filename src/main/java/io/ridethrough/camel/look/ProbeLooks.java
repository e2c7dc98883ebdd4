package io.ridethrough.camel.look;

import io.ridethrough.contract.Control;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.probe.ProbeAnswer;
import io.ridethrough.target.probe.Probes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** How the declared probes of an asset go. */
final class ProbeLooks implements Looks {
    private final Probes probes;

    ProbeLooks(Probes probes) {
        this.probes = probes;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        return Seeing.all(subject.site().probes().stream()
                        .filter(one -> one.asset().equals(subject.id()))
                        .map(one -> probes.ask(one, probe.limit().dividedBy(2))
                                .thenApply(answer -> Map.entry(one.id(), answer)))
                        .toList())
                .thenApply(ProbeLooks::answers);
    }

    private static Look answers(List<Map.Entry<String, ProbeAnswer>> all) {
        List<String> unwell = told(all, ProbeAnswer.Health.UNWELL);
        List<String> silent = told(all, ProbeAnswer.Health.UNSEEN);
        return silent.isEmpty() || !unwell.isEmpty()
                ? new Look.Seen(Map.of("well", told(all, ProbeAnswer.Health.WELL), "unwell", unwell))
                : new Look.Unseen(String.join("; ", silent));
    }

    private static List<String> told(List<Map.Entry<String, ProbeAnswer>> all, ProbeAnswer.Health health) {
        return all.stream()
                .filter(one -> one.getValue().health() == health)
                .map(one -> one.getKey()
                        + (health == ProbeAnswer.Health.WELL
                                ? ""
                                : ": " + one.getValue().evidence()))
                .toList();
    }
}
