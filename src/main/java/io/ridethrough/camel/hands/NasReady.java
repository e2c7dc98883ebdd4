package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Nas;
import io.ridethrough.run.Sight;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.nas.NasTold;
import io.ridethrough.target.way.Told;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Whether a NAS that is on can be mounted: its file server serves what is declared and, where it declares its DSM, no
 * volume is dead. A degraded volume serves, and is named; a DSM that cannot be asked keeps nothing dark whose exports are
 * there, nor does a NAS that has no command to tell them.
 */
final class NasReady {
    private final Tools tools;

    NasReady(Tools tools) {
        this.tools = tools;
    }

    /** @param on what is seen of it when it is ready */
    CompletionStage<Sight> ready(AssetId id, Sight on) {
        Nas nas = (Nas) tools.contracts().asset(id).orElseThrow();
        return storage(nas).thenCompose(told -> {
            if (told instanceof NasTold.Storage storage && !storage.dead().isEmpty()) {
                return CompletableFuture.completedFuture(
                        new Sight.Other("on, but " + String.join(", ", storage.dead())));
            }
            return tools.nases()
                    .ask(id, new NasAsk.Exports())
                    .thenApply(exports -> judged(nas, on.evidence() + volumes(told), exports));
        });
    }

    /** Only DSM tells how its volumes are; its file server is asked over SSH as well. */
    private CompletionStage<Told> storage(Nas nas) {
        return nas.api().isPresent()
                ? tools.nases().ask(nas.id(), new NasAsk.Storage())
                : CompletableFuture.completedFuture(new Told.Undelivered("no api of it is declared"));
    }

    private static String volumes(Told told) {
        if (!(told instanceof NasTold.Storage storage)) {
            return "; its volumes are not told: " + told.words();
        }
        return storage.troubles().isEmpty()
                ? "; its volumes are normal"
                : "; it serves, but " + String.join(", ", storage.troubles());
    }

    private static Sight judged(Nas nas, String evidence, Told told) {
        if (told instanceof NasTold.ServesUntold untold) {
            return new Sight.Desired(evidence + "; what it serves is not told: " + untold.words());
        }
        if (!(told instanceof NasTold.Exports exports)) {
            return nas.exports().isEmpty()
                    ? new Sight.Desired(evidence)
                    : new Sight.Other("on, but its file server does not answer: " + told.words());
        }
        List<String> missing = nas.exports().stream()
                .filter(path -> !exports.paths().contains(path))
                .toList();
        return missing.isEmpty()
                ? new Sight.Desired(evidence + "; it serves what is declared")
                : new Sight.Other("on, but does not serve " + String.join(", ", missing));
    }
}
