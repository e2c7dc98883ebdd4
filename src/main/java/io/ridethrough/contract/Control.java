package io.ridethrough.contract;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One rule of the standard. It holds for every asset of its kind at every site: it has no way to name one.
 *
 * @param id unique over the standard
 * @param domain the name of its file
 * @param gaps the gaps of the ledger that it answers
 * @param expect CEL over what is declared and what is seen
 * @param remedy what a person does about it; empty where the title says it
 * @param where file and line, for people
 */
public record Control(
        String id,
        String title,
        String why,
        Severity severity,
        String domain,
        Kind kind,
        List<Integer> gaps,
        Probe probe,
        String expect,
        String remedy,
        String where) {
    public Control {
        gaps = List.copyOf(gaps);
    }

    /** How much it matters. */
    public enum Severity {
        CRITICAL,
        HIGH,
        MEDIUM,
        LOW
    }

    /** What it is evaluated for, once each. */
    public enum Kind {
        SITE,
        NODE,
        GUEST,
        STACK,
        NAS,
        DEVICE,
        CONTROLLER,
        HOME_ASSISTANT;

        /** As it is written in contracts. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Who is asked. */
    public enum Ask {
        CONTRACT,
        COMMAND,
        MOUNTS,
        GUESTS,
        STORAGES,
        POOLS,
        SERVICES,
        DSM_STORAGE,
        DSM_EXPORTS,
        DSM_POWER,
        DSM_UPS,
        UNIFI_DEVICES,
        UNIFI_RESERVATIONS,
        HOME_STATE,
        HOME_INTEGRATIONS,
        HOME_ADD_ONS,
        PORTS,
        DNS,
        PROBES;

        /** As it is written in contracts. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Where the answer comes from.
     *
     * @param run program and arguments of a command
     * @param name the name that a name service is asked; else empty
     * @param limit how long is waited; more is unobservable
     */
    public record Probe(Ask ask, List<String> run, String name, Duration limit) {
        public Probe {
            run = List.copyOf(run);
        }
    }
}
