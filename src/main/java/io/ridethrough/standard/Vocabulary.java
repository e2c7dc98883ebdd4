package io.ridethrough.standard;

import io.ridethrough.contract.Control.Ask;
import io.ridethrough.contract.Control.Kind;
import java.util.Map;
import java.util.TreeMap;

/** The words that an expectation may use, by what it is about and who is asked, each with its type. */
final class Vocabulary {
    /** What a word stands for. */
    enum Type {
        TEXT,
        NUMBER,
        TRUTH,
        TEXTS,
        NUMBERS,
        TEXT_BY_NAME
    }

    private static final Map<String, Type> SITE = Map.ofEntries(
            Map.entry("site.id", Type.TEXT),
            Map.entry("site.gateway", Type.TEXT),
            Map.entry("site.name_service", Type.TEXT),
            Map.entry("site.name_service_address", Type.TEXT),
            Map.entry("site.domains", Type.TEXTS),
            Map.entry("site.out_of_band_required", Type.TRUTH),
            Map.entry("site.out_of_band_routers", Type.TEXTS),
            Map.entry("site.out_of_band_devices", Type.TEXTS),
            Map.entry("site.recovery_attempts", Type.NUMBER),
            Map.entry("site.backup_windows", Type.NUMBER),
            Map.entry("site.upses", Type.NUMBER),
            Map.entry("site.fed", Type.TEXTS),
            Map.entry("site.nodes", Type.NUMBER),
            Map.entry("site.nases", Type.NUMBER),
            Map.entry("site.devices", Type.NUMBER),
            Map.entry("site.controllers", Type.NUMBER),
            Map.entry("site.vmids", Type.NUMBERS),
            Map.entry("site.excluded_vmids", Type.NUMBERS),
            Map.entry("site.unprobed", Type.TEXTS),
            Map.entry("site.undeclared", Type.TEXTS),
            Map.entry("site.addresses_shared", Type.TEXTS),
            Map.entry("site.mac_at", Type.TEXT_BY_NAME));

    private static final Map<String, Type> ASSET = Map.ofEntries(
            Map.entry("asset.id", Type.TEXT),
            Map.entry("asset.title", Type.TEXT),
            Map.entry("asset.owner", Type.TEXT),
            Map.entry("asset.domain", Type.TEXT),
            Map.entry("asset.tier", Type.NUMBER),
            Map.entry("asset.slo", Type.TEXT),
            Map.entry("asset.needs", Type.TEXTS),
            Map.entry("asset.probes", Type.NUMBER));

    private static final Map<Kind, Map<String, Type>> OF = Map.of(
            Kind.NODE,
                    Map.of(
                            "asset.version", Type.TEXT,
                            "asset.node_name", Type.TEXT,
                            "asset.address", Type.TEXT,
                            "asset.mounts", Type.TEXTS,
                            "asset.wake_ways", Type.NUMBER,
                            "asset.has_api", Type.TRUTH),
            Kind.NAS,
                    Map.of(
                            "asset.exports", Type.TEXTS,
                            "asset.wake_ways", Type.NUMBER,
                            "asset.has_api", Type.TRUTH),
            Kind.GUEST,
                    Map.of(
                            "asset.vmid", Type.NUMBER,
                            "asset.container", Type.TRUTH,
                            "asset.onboot", Type.TRUTH,
                            "asset.has_ssh", Type.TRUTH,
                            "asset.mounts", Type.TEXTS),
            Kind.STACK, Map.of("asset.project", Type.TEXT, "asset.path", Type.TEXT),
            Kind.DEVICE,
                    Map.of(
                            "asset.role", Type.TEXT,
                            "asset.address", Type.TEXT,
                            "asset.macs", Type.TEXTS,
                            "asset.ports", Type.NUMBERS),
            Kind.CONTROLLER, Map.of("asset.reservations", Type.TEXTS, "asset.switches", Type.TEXTS),
            Kind.HOME_ASSISTANT, Map.of("asset.add_ons", Type.TEXTS, "asset.radios", Type.TEXTS),
            Kind.SITE, Map.of());

    private static final Map<Ask, Map<String, Type>> SEEN = Map.ofEntries(
            Map.entry(Ask.CONTRACT, Map.of()),
            Map.entry(
                    Ask.COMMAND,
                    Map.of(
                            "seen.exit", Type.NUMBER,
                            "seen.text", Type.TEXT,
                            "seen.percent", Type.NUMBER,
                            "seen.lines", Type.TEXTS,
                            "seen.first", Type.TEXTS,
                            "seen.value", Type.TEXT_BY_NAME)),
            Map.entry(Ask.MOUNTS, Map.of("seen.mounted", Type.TEXTS, "seen.not_mounted", Type.TEXTS)),
            Map.entry(Ask.GUESTS, Map.of("seen.vmids", Type.NUMBERS, "seen.running", Type.NUMBERS)),
            Map.entry(Ask.STORAGES, parts()),
            Map.entry(Ask.POOLS, parts()),
            Map.entry(Ask.SERVICES, parts()),
            Map.entry(Ask.DSM_STORAGE, parts()),
            Map.entry(Ask.DSM_EXPORTS, Map.of("seen.exports", Type.TEXTS)),
            Map.entry(Ask.DSM_POWER, Map.of("seen.starts_after_outage", Type.TEXT, "seen.wake_on_lan", Type.TEXTS)),
            Map.entry(Ask.DSM_UPS, Map.of("seen.enabled", Type.TEXT, "seen.mode", Type.TEXT)),
            Map.entry(
                    Ask.UNIFI_DEVICES,
                    Map.of("seen.online", Type.TEXTS, "seen.not_online", Type.TEXTS, "seen.macs", Type.TEXTS)),
            Map.entry(Ask.UNIFI_RESERVATIONS, Map.of("seen.reservations", Type.TEXTS)),
            Map.entry(Ask.HOME_STATE, Map.of("seen.state", Type.TEXT, "seen.version", Type.TEXT)),
            Map.entry(Ask.HOME_INTEGRATIONS, Map.of("seen.not_loaded", Type.TEXTS, "seen.reauth", Type.TEXTS)),
            Map.entry(Ask.HOME_ADD_ONS, Map.of("seen.started", Type.TEXTS, "seen.not_started", Type.TEXTS)),
            Map.entry(Ask.PORTS, Map.of("seen.open", Type.NUMBERS, "seen.refused", Type.NUMBERS)),
            Map.entry(Ask.DNS, Map.of("seen.answered", Type.TRUTH, "seen.answer", Type.TEXT)),
            Map.entry(Ask.PROBES, Map.of("seen.well", Type.TEXTS, "seen.unwell", Type.TEXTS)));

    private Vocabulary() {}

    private static Map<String, Type> parts() {
        return Map.of("seen.parts", Type.TEXTS, "seen.unwell", Type.TEXTS);
    }

    static Map<String, Type> of(Kind kind, Ask ask) {
        Map<String, Type> words = new TreeMap<>(SITE);
        if (kind != Kind.SITE) {
            words.putAll(ASSET);
        }
        words.putAll(OF.getOrDefault(kind, Map.of()));
        words.putAll(SEEN.getOrDefault(ask, Map.of()));
        return words;
    }
}
