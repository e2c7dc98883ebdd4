package io.ridethrough.target.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.way.Told;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a look at a Home Assistant showed, whichever way it was asked. */
public sealed interface HomeTold extends Told.Seen {
    /** How far it is. That its API answers says nothing: entities are unavailable until it runs (protocols 4). */
    enum State {
        RUNNING,
        /** It comes up: it will say more soon. */
        STARTING,
        /** It goes down, or the word is not known here. */
        OTHER
    }

    /** Whether it runs; {@code word} is what it calls that. */
    record Running(State state, String word, String version) implements HomeTold {}

    /**
     * What is not well with integrations, as {@code title (state)}.
     *
     * @param notLoaded those that failed, retry or could not be unloaded; disabled ones are not among them
     * @param reauth domains whose login a person must renew
     */
    record Integrations(List<String> notLoaded, List<String> reauth) implements HomeTold {
        public Integrations {
            notLoaded = List.copyOf(notLoaded);
            reauth = List.copyOf(reauth);
        }

        /** What a person should know; empty when all is well. */
        public String troubles() {
            return (notLoaded.isEmpty() ? "" : "; integrations not loaded: " + String.join(", ", notLoaded))
                    + (reauth.isEmpty() ? "" : "; waiting for a login by a person: " + String.join(", ", reauth));
        }
    }

    /** Integrations that retry their setup: their titles by the ids of their entries. */
    record Retrying(Map<String, String> titles) implements HomeTold {
        public Retrying {
            titles = new TreeMap<>(titles);
        }
    }

    /** Installed add-ons: what the supervisor calls the state of each, by slug. */
    record AddOns(Map<String, String> states) implements HomeTold {
        public AddOns {
            states = new TreeMap<>(states);
        }

        /** Whether it has ended by itself, with an error. */
        public boolean failed(String slug) {
            return "error".equals(states.get(slug));
        }

        /** Whether it runs; one that only runs when it is needed has stopped, and does not. */
        public boolean runs(String slug) {
            return "started".equals(states.get(slug)) || "startup".equals(states.get(slug));
        }
    }

    /**
     * Its backups, newest first.
     *
     * @param state what its backups are at: {@code idle}, {@code create_backup} ...; empty where it does not say
     * @param attempted when an automatic one began last
     */
    record Backups(String state, Optional<Instant> attempted, List<Backup> backups) implements HomeTold {
        public Backups {
            backups = backups.stream()
                    .sorted(Comparator.comparing(Backup::made).reversed())
                    .toList();
        }

        /** Whether it is at none; one that is being made may be listed already. */
        public boolean isIdle() {
            return state.isEmpty() || state.equals("idle");
        }
    }

    /**
     * A backup.
     *
     * @param made when it was begun
     * @param failed where it should lie and does not
     */
    record Backup(String name, Instant made, List<String> failed) {
        public Backup {
            failed = List.copyOf(failed);
        }
    }

    /** Every entity in the order told. */
    record Entities(List<Entity> entities) implements HomeTold {
        public Entities {
            entities = List.copyOf(entities);
        }

        /** Those with these ids. */
        Entities only(List<String> ids) {
            return new Entities(
                    entities.stream().filter(one -> ids.contains(one.id())).toList());
        }
    }

    /**
     * An entity.
     *
     * @param triggered when an automation was triggered last; empty for one that never was, and for all others
     * @param reported when its integration told its state last, the same as before or another; empty where Home Assistant
     *     is older than 2024.4 and does not keep that
     */
    record Entity(String id, String state, Optional<Instant> triggered, Optional<Instant> reported) {
        public boolean isUnavailable() {
            return state.equals("unavailable");
        }

        /** Whether it is an automation that is on. */
        public boolean isAutomation() {
            return id.startsWith("automation.") && state.equals("on");
        }
    }

    /** Every entry and device of an integration. */
    record Endpoints(List<Endpoint> endpoints) implements HomeTold {
        public Endpoints {
            endpoints = List.copyOf(endpoints);
        }
    }

    /**
     * An entry of an integration, or a device of it.
     *
     * @param name what it is called
     * @param host where it is reached; empty where that is not told
     */
    record Endpoint(String domain, String name, String host) {
        /** Whether the host is the id of a container, short or whole: it is another one after the next update. */
        public boolean isContainer() {
            return host.matches("[0-9a-f]{12}|[0-9a-f]{64}");
        }
    }

    /** Every dashboard; the default one is called {@code lovelace}. */
    record Dashboards(List<Dashboard> dashboards) implements HomeTold {
        public Dashboards {
            dashboards = List.copyOf(dashboards);
        }
    }

    /**
     * A dashboard.
     *
     * @param path as it stands in the address
     * @param mode {@code storage}, or {@code yaml} for one that is a file of the configuration
     * @param settings what one like it is made by: title, icon, who sees it
     * @param content what is on it; empty for one that is made up anew each time
     */
    record Dashboard(String path, String mode, JsonNode settings, Optional<JsonNode> content) {
        public int views() {
            return content.map(one -> one.path("views").size()).orElse(0);
        }
    }
}
