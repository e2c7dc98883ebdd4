package io.ridethrough.target.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.way.Ask;
import java.time.Duration;
import java.util.List;

/** What is asked of a Home Assistant, whichever way it goes. */
public sealed interface HomeAsk extends Ask {
    /** What changes nothing. */
    sealed interface Look extends HomeAsk, Ask.Look {}

    /** Whether it runs: {@link HomeTold.Running}. */
    record State() implements Look {}

    /**
     * What goes by the WebSocket only: over REST the supervisor answers a token with 401 (protocols 4), and registries
     * and dashboards are not there.
     */
    sealed interface Supervised extends HomeAsk {}

    /** Every installed add-on: {@link HomeTold.AddOns}. */
    record AddOns() implements Look, Supervised {}

    /** Integrations that did not load, and those that wait for a person: {@link HomeTold.Integrations}. */
    record Integrations() implements Look, Supervised {}

    /** Every entity with its state: {@link HomeTold.Entities}. */
    record Entities() implements Look, Supervised {}

    /** Those entities by their ids, as far as there are any: {@link HomeTold.Entities}. */
    record States(List<String> ids) implements Look {
        public States {
            ids = List.copyOf(ids);
        }
    }

    /** Every integration with the hosts that it is reached at: {@link HomeTold.Endpoints}. */
    record Endpoints() implements Look, Supervised {}

    /** Every dashboard with what is on it: {@link HomeTold.Dashboards}. */
    record Dashboards() implements Look, Supervised {}

    /** Its backups, and whether it makes one now: {@link HomeTold.Backups}. */
    record Backups() implements Look, Supervised {}

    /**
     * Makes a backup as its own automatic ones are set up; accepted is not made. Under a supervisor {@code backup.create}
     * is no service of it (home-assistant/core: components/backup/services.py).
     */
    record BackUp(Duration limit) implements HomeAsk, Ask.Act {}

    /** Integrations that retry their setup, by what they are reloaded by: {@link HomeTold.Retrying}. */
    record Retrying() implements Look {}

    /** Sets an integration up anew, by its entry's id; accepted is not loaded. By REST only (protocols 4). */
    record ReloadEntry(String id, Duration limit) implements HomeAsk, Ask.Act {}

    /** What is done with an add-on. */
    sealed interface OfAddOn extends Supervised, Ask.Act {
        String slug();
    }

    /** Starts an add-on; accepted is not started. */
    record StartAddOn(String slug, Duration limit) implements OfAddOn {}

    /** Stops what is left of an add-on and starts it; accepted is not started. */
    record RestartAddOn(String slug, Duration limit) implements OfAddOn {}

    /**
     * Puts what is on a dashboard; one that is not there is made before, as its settings say. What was on it is gone. The
     * default one is called {@code lovelace}.
     */
    record PutDashboard(String path, JsonNode settings, JsonNode content, Duration limit)
            implements Supervised, Ask.Act {}

    /** Shuts down the machine that it is the operating system of; accepted is not off. */
    record ShutDownHost(Duration limit) implements HomeAsk, Ask.Act {}
}
