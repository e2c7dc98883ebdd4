package io.ridethrough.camel.look;

import io.ridethrough.contract.Control;
import io.ridethrough.contract.Posture;
import io.ridethrough.contract.Probe;
import io.ridethrough.contract.Site;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.probe.NameQuery;
import io.ridethrough.target.probe.ProbeAnswer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the declared name service of a site answers. */
final class NameLooks implements Looks {
    /** Stands for the name that the site says must be blocked. */
    private static final String BLOCKED = "{blocked}";

    private final NameQuery names;

    NameLooks(NameQuery names) {
        this.names = names;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        Optional<String> blocked = subject.site().posture().names().map(Posture.NamePolicy::blocks);
        if (probe.name().equals(BLOCKED) && blocked.isEmpty()) {
            return Seeing.seen(Map.of("answered", false, "answer", "no name is declared that must be blocked"));
        }
        return subject.site().probes().stream()
                .filter(Probe.Dns.class::isInstance)
                .map(Probe.Dns.class::cast)
                .filter(asked -> isOfNameService(subject.site(), asked))
                .findFirst()
                .map(asked -> names.ask(
                                asked.server(),
                                asked.port(),
                                probe.name().replace(BLOCKED, blocked.orElse("")),
                                probe.limit().dividedBy(2))
                        .thenApply(NameLooks::answered))
                .orElseGet(() -> Seeing.unseen("the site declares no dns probe of its name service"));
    }

    /** It is about what is declared to answer names, or about what runs on that. */
    private static boolean isOfNameService(Site site, Probe.Dns asked) {
        return site.nameService().stream()
                .anyMatch(service -> asked.asset().equals(service)
                        || site.stacks().stream()
                                .anyMatch(stack -> stack.id().equals(asked.asset())
                                        && stack.runsOn().equals(service)));
    }

    private static Look answered(ProbeAnswer answer) {
        return answer.health() == ProbeAnswer.Health.UNSEEN
                ? new Look.Unseen(answer.evidence())
                : new Look.Seen(
                        Map.of("answered", answer.health() == ProbeAnswer.Health.WELL, "answer", answer.evidence()));
    }
}
