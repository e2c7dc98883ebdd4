package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Follows runs until each has its receipt, also over a restart of the service. Commands nothing. */
final class Following {
    private final ServiceClient client;
    private final Screen screen;
    private final Duration patience;
    private final Set<String> seen = new LinkedHashSet<>();
    private long silentSince;
    private boolean silent;

    /** @param patience how long a service that answered before may be silent */
    Following(ServiceClient client, Screen screen, Duration patience) {
        this.client = client;
        this.screen = screen;
        this.patience = patience;
    }

    Following(ServiceClient client, Screen screen) {
        this(client, screen, Duration.ofMinutes(2));
    }

    /** Shows the runs until all have closed; the exit code tells whether all is well. */
    int toTheEnd(Collection<String> runs) throws InterruptedException {
        Set<String> open = new LinkedHashSet<>(runs);
        int exit = Exit.WELL;
        while (!open.isEmpty()) {
            List<JsonNode> closed = new ArrayList<>();
            try {
                screen.show(look(open, closed));
                answered();
            } catch (ServiceClient.NoService e) {
                bear(e);
            }
            for (JsonNode receipt : closed) {
                open.remove(receipt.path("run").asText());
                screen.close(receipt);
                boolean well = receipt.path("result").asText().equals("complete");
                exit = Math.max(exit, well ? Exit.WELL : Exit.INCOMPLETE);
            }
            if (!open.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(250);
            }
        }
        return exit;
    }

    private List<JsonNode> look(Set<String> open, List<JsonNode> closed) {
        List<JsonNode> views = new ArrayList<>();
        for (String run : open) {
            ServiceClient.Answer answer = client.get("runs/" + ServiceClient.segment(run));
            if (answer.status() == 404 && seen.contains(run)) {
                throw new ServiceClient.NoService("the service does not know run " + run + " any more");
            }
            JsonNode view = answer.orRefusal();
            seen.add(run);
            if (view.path("open").asBoolean()) {
                views.add(view);
            } else {
                closed.add(view);
            }
        }
        return views;
    }

    private void bear(ServiceClient.NoService trouble) {
        if (seen.isEmpty() || (silent && System.nanoTime() - silentSince > patience.toNanos())) {
            throw trouble;
        }
        if (!silent) {
            silent = true;
            silentSince = System.nanoTime();
            screen.say("The service does not answer; waiting for it up to " + patience.toSeconds()
                    + " s. What has begun goes on, or stands in the journal.");
        }
    }

    private void answered() {
        if (silent) {
            silent = false;
            screen.say("The service answers again.");
        }
    }
}
