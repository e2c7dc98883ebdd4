package io.ridethrough.camel.look;

import io.ridethrough.contract.Control;
import io.ridethrough.contract.Probe;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.probe.NameQuery;
import io.ridethrough.target.probe.ProbeAnswer;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What the declared name service of a site answers. */
final class NameLooks implements Looks {
    private final NameQuery names;

    NameLooks(NameQuery names) {
        this.names = names;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        return subject.site().probes().stream()
                .filter(Probe.Dns.class::isInstance)
                .map(Probe.Dns.class::cast)
                .filter(asked -> subject.site()
                        .nameService()
                        .filter(asked.asset()::equals)
                        .isPresent())
                .findFirst()
                .map(asked -> names.ask(
                                asked.server(),
                                asked.port(),
                                probe.name(),
                                probe.limit().dividedBy(2))
                        .thenApply(NameLooks::answered))
                .orElseGet(() -> Seeing.unseen("the site declares no dns probe of its name service"));
    }

    private static Look answered(ProbeAnswer answer) {
        return answer.health() == ProbeAnswer.Health.UNSEEN
                ? new Look.Unseen(answer.evidence())
                : new Look.Seen(
                        Map.of("answered", answer.health() == ProbeAnswer.Health.WELL, "answer", answer.evidence()));
    }
}
