package io.ridethrough.camel.look;

import io.ridethrough.contract.Control;
import io.ridethrough.contract.SiteId;
import io.ridethrough.document.DocumentFolder;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What people read about a site, as it lies in its folder. */
final class DocumentLooks implements Looks {
    private final Function<SiteId, CompletionStage<DocumentFolder.Seen>> documents;

    DocumentLooks(Function<SiteId, CompletionStage<DocumentFolder.Seen>> documents) {
        this.documents = documents;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        return documents
                .apply(subject.site().id())
                .thenApply(seen -> new Look.Seen(
                        Map.of("stale", seen.stale(), "destroyed", seen.destroyed(), "undeclared", seen.undeclared())));
    }
}
