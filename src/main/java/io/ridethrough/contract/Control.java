package io.ridethrough.contract;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One rule of the standard. It holds for every asset of its kind at every site: it has no way to name one.
 *
 * @param id unique over the standard
 * @param domain the name of its file
 * @param gaps the gaps of the ledger that it answers
 * @param expect CEL over what is declared and what is seen
 * @param remedy what a person does about it; empty where the title says it
 * @param mends the remedy that runs, in recovery or when a person asks for it
 * @param gate whether it has to hold before planned work takes its asset down
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
        Optional<Remedy> mends,
        Gate gate,
        String where) {
    public Control {
        gaps = List.copyOf(gaps);
    }

    /** Before what it has to hold: then it is a hard stop, which only a person lifts by its name. */
    public enum Gate {
        NONE,
        SHUTDOWN
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

        /** Every asset of that kind at the site; none for a site as a whole. */
        public List<Asset> of(Site site) {
            return switch (this) {
                case SITE -> List.of();
                case NODE -> all(site, Node.class);
                case GUEST -> all(site, Guest.class);
                case STACK -> all(site, Stack.class);
                case NAS -> all(site, Nas.class);
                case DEVICE -> all(site, Device.class);
                case CONTROLLER -> these(site, site.controllers().stream().map(UnifiController::runsOn));
                case HOME_ASSISTANT -> these(site, site.homeAssistant().stream().map(HomeAssistant::guest));
            };
        }

        private static List<Asset> all(Site site, Class<? extends Asset> type) {
            return site.assets().stream().filter(type::isInstance).toList();
        }

        private static List<Asset> these(Site site, Stream<AssetId> ids) {
            return ids.flatMap(
                            id -> site.assets().stream().filter(one -> one.id().equals(id)))
                    .toList();
        }
    }

    /** Who is asked. */
    public enum Ask {
        CONTRACT,
        COMMAND,
        MOUNTS,
        GUESTS,
        TASKS,
        NATIVE_ORDER,
        SNAPSHOTS,
        CONTAINERS,
        RESTART_POLICIES,
        SECRET_NAMES,
        STORAGES,
        LEAVINGS,
        POOLS,
        DISKS,
        SERVICES,
        UPDATES,
        LISTENING,
        ACCOUNTS,
        NEIGHBOURS,
        DSM_STORAGE,
        DSM_EXPORTS,
        DSM_POWER,
        DSM_UPS,
        UNIFI_DEVICES,
        UNIFI_RESERVATIONS,
        UNIFI_PORTS,
        HOME_STATE,
        HOME_INTEGRATIONS,
        HOME_ADD_ONS,
        PORTS,
        DNS,
        NAME_PROGRAM,
        TAILNET,
        PROBES,
        DOCUMENTS,
        GUEST_CONFIG,
        BACKUP_JOBS,
        BACKUP_RUN,
        GUEST_BACKUPS,
        APPLICATION_BACKUPS,
        OFFSITE_BACKUPS,
        HOME_ENTITIES,
        HOME_ENDPOINTS,
        HOME_DASHBOARDS,
        ZIGBEE_BRIDGE,
        ZIGBEE_DEVICES;

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
