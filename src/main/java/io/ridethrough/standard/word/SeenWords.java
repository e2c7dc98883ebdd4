package io.ridethrough.standard.word;

import io.ridethrough.contract.Control.Ask;
import java.util.Map;

/** What is seen, by who is asked. Looks tell every word of theirs, or nothing. */
final class SeenWords {
    private SeenWords() {}

    static Map<String, Type> of(Ask ask) {
        return switch (ask) {
            case CONTRACT -> Map.of();
            case COMMAND ->
                Map.of(
                        "seen.exit", Type.NUMBER,
                        "seen.text", Type.TEXT,
                        "seen.percent", Type.NUMBER,
                        "seen.lines", Type.TEXTS,
                        "seen.first", Type.TEXTS,
                        "seen.value", Type.TEXT_BY_NAME);
            case MOUNTS -> Map.of("seen.mounted", Type.TEXTS, "seen.not_mounted", Type.TEXTS);
            case GUESTS -> Map.of("seen.vmids", Type.NUMBERS, "seen.running", Type.NUMBERS);
            case CONTAINERS -> Map.of("seen.up", Type.NUMBER, "seen.unwell", Type.TEXTS);
            case RESTART_POLICIES -> Map.of("seen.coming_back", Type.TEXTS, "seen.staying_down", Type.TEXTS);
            case SECRET_NAMES -> Map.of("seen.other_names", Type.TEXTS);
            case TASKS -> Map.of("seen.running", Type.TEXTS);
            case NATIVE_ORDER -> Map.of("seen.amiss", Type.TEXTS);
            case SNAPSHOTS -> Map.of("seen.snapshots", Type.TEXTS, "seen.oldest_days", Type.NUMBER);
            case LEAVINGS -> Map.of("seen.left", Type.TEXTS);
            case LISTENING -> Map.of("seen.listening", Type.NUMBERS);
            case ACCOUNTS -> Map.of("seen.accounts", Type.TEXTS);
            case NEIGHBOURS ->
                Map.of("seen.neighbours", Type.NUMBER, "seen.strangers", Type.TEXTS, "seen.misplaced", Type.TEXTS);
            case STORAGES, POOLS, SERVICES -> Map.of("seen.parts", Type.TEXTS, "seen.unwell", Type.TEXTS);
            case UPDATES -> Map.of("seen.waiting", Type.TEXTS);
            case DISKS -> Map.of("seen.parts", Type.TEXTS, "seen.unwell", Type.TEXTS, "seen.life_left", Type.NUMBERS);
            case DSM_STORAGE -> Map.of("seen.parts", Type.TEXTS, "seen.unwell", Type.TEXTS);
            case DSM_EXPORTS -> Map.of("seen.exports", Type.TEXTS);
            case DSM_POWER -> Map.of("seen.starts_after_outage", Type.TEXT, "seen.wake_on_lan", Type.TEXTS);
            case DSM_UPS -> Map.of("seen.enabled", Type.TEXT, "seen.mode", Type.TEXT);
            case UNIFI_DEVICES ->
                Map.of("seen.online", Type.TEXTS, "seen.not_online", Type.TEXTS, "seen.macs", Type.TEXTS);
            case UNIFI_RESERVATIONS -> Map.of("seen.reservations", Type.TEXTS);
            case UNIFI_PORTS ->
                Map.of(
                        "seen.switches_away", Type.TEXTS,
                        "seen.on_another_network", Type.TEXTS,
                        "seen.poe_otherwise", Type.TEXTS,
                        "seen.over_budget", Type.TEXTS,
                        "seen.carried_elsewhere", Type.TEXTS);
            case HOME_STATE -> Map.of("seen.state", Type.TEXT, "seen.version", Type.TEXT);
            case HOME_INTEGRATIONS -> Map.of("seen.not_loaded", Type.TEXTS, "seen.reauth", Type.TEXTS);
            case HOME_ADD_ONS -> Map.of("seen.started", Type.TEXTS, "seen.not_started", Type.TEXTS);
            case PORTS -> Map.of("seen.open", Type.NUMBERS, "seen.refused", Type.NUMBERS);
            case DNS -> Map.of("seen.answered", Type.TRUTH, "seen.answer", Type.TEXT);
            case NAME_PROGRAM -> Map.of("seen.exit", Type.NUMBER, "seen.text", Type.TEXT);
            case TAILNET ->
                Map.of(
                        "seen.running", Type.TRUTH,
                        "seen.missing", Type.TEXTS,
                        "seen.strangers", Type.TEXTS,
                        "seen.away", Type.TEXTS,
                        "seen.routes", Type.TEXTS);
            case PROBES -> Map.of("seen.well", Type.TEXTS, "seen.unwell", Type.TEXTS);
            case DOCUMENTS ->
                Map.of("seen.stale", Type.TEXTS, "seen.destroyed", Type.TEXTS, "seen.undeclared", Type.TEXTS);
            case HOME_ENTITIES ->
                Map.of(
                        "seen.unavailable", Type.NUMBER,
                        "seen.unexpected", Type.TEXTS,
                        "seen.of_the_gone", Type.TEXTS,
                        "seen.stale_automations", Type.TEXTS);
            case HOME_ENDPOINTS ->
                Map.of(
                        "seen.domains", Type.TEXTS,
                        "seen.endpoints", Type.TEXTS,
                        "seen.unstable", Type.TEXTS,
                        "seen.of_the_gone", Type.TEXTS);
            case HOME_DASHBOARDS -> Map.of("seen.dashboards", Type.NUMBER_BY_NAME);
            case ZIGBEE_BRIDGE -> Map.of("seen.state", Type.TEXT);
            case ZIGBEE_DEVICES -> Map.of("seen.available", Type.TEXTS, "seen.away", Type.TEXTS);
            case GUEST_CONFIG ->
                Map.of(
                        "seen.cores", Type.NUMBER,
                        "seen.memory", Type.NUMBER,
                        "seen.storages", Type.TEXTS,
                        "seen.disks", Type.TEXT_BY_NAME,
                        "seen.onboot", Type.TRUTH);
            case BACKUP_JOBS -> Map.of("seen.jobs", Type.TEXTS, "seen.invalid", Type.TEXTS);
            case BACKUP_RUN -> Map.of("seen.hours", Type.NUMBER, "seen.result", Type.TEXT);
            case GUEST_BACKUPS, APPLICATION_BACKUPS, OFFSITE_BACKUPS ->
                Map.of("seen.fresh", Type.TEXTS, "seen.stale", Type.TEXTS);
        };
    }
}
