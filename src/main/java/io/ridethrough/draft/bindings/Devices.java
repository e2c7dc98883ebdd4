package io.ridethrough.draft.bindings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.draft.bindings.Finding.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Devices of the network: what inventories, SSH targets and the registry list and is no node, guest or NAS. */
final class Devices {
    private static final Set<String> KEPT = Set.of("infrastructure", "coordinator");

    private final SiteImport site;
    private final Findings findings;

    Devices(SiteImport site) {
        this.site = site;
        this.findings = site.findings;
    }

    void read() {
        Map<String, List<Spot>> byName = new LinkedHashMap<>();
        List<Spot> cards = new ArrayList<>(Cards.of(site.bindings));
        site.bindings.list("ssh.targets.yaml", "ssh").stream()
                .filter(list -> list.key().equals("targets"))
                .forEach(list -> cards.addAll(list.items()));
        for (Spot card : cards) {
            Optional<String> name = card.text("id").or(() -> card.text("machine_id"));
            name.ifPresent(
                    it -> byName.computeIfAbsent(it, any -> new ArrayList<>()).add(card));
        }
        Map<String, Spot> addresses = new LinkedHashMap<>();
        site.all().forEach(one -> addresses.put(one.values().path("address").asText(""), one.entry()));
        byName.forEach((name, said) -> {
            if (said.stream().noneMatch(card -> site.all().stream().anyMatch(one -> one.described(card)))
                    && here(said)) {
                device(name, said, addresses);
            }
        });
        gateway();
    }

    /** By address, or where none has one by the site that the entry or its file names. */
    private boolean here(List<Spot> said) {
        List<String> known = said.stream()
                .flatMap(card -> addresses(card).stream())
                .flatMap(spot -> spot.text().stream())
                .toList();
        return known.isEmpty()
                ? said.stream()
                        .anyMatch(card -> card.tree().shown().startsWith(site.name() + ".")
                                || card.text("location")
                                        .filter(site.name()::equals)
                                        .isPresent())
                : known.stream().anyMatch(site.lan::has);
    }

    private static List<Spot> addresses(Spot card) {
        return List.of(card.get("lan_ip"), card.get("ip"), card.get("host"));
    }

    private void device(String name, List<Spot> said, Map<String, Spot> taken) {
        Optional<Spot> gone =
                said.stream().filter(card -> !site.bindings.active(card)).findFirst();
        if (gone.isPresent()) {
            findings.add(
                    Kind.STALE,
                    "the device " + name + " is not active",
                    "left out",
                    gone.get().get("status"));
            return;
        }
        boolean listed = said.stream().anyMatch(card -> card.text("category")
                .map(KEPT::contains)
                .orElse(!card.tree().shown().endsWith("clients.observed.yaml")));
        if (!listed) {
            return;
        }
        List<Spot> places = said.stream()
                .flatMap(card -> addresses(card).stream())
                .filter(spot -> spot.text().filter(site.lan::has).isPresent())
                .toList();
        Optional<String> address = findings.first("the address of " + name, places, UnaryOperator.identity());
        Spot first = address.map(it -> taken.putIfAbsent(it, places.get(0))).orElse(null);
        if (first != null) {
            findings.add(
                    Kind.CONTRADICTION,
                    "two machines have the address " + address.get(),
                    "the first; " + name + " is left out",
                    first,
                    places.get(0));
            return;
        }
        ObjectNode values = site.draft.add("network", "devices").put("id", Bindings.id(name));
        values.put(
                "role",
                said.stream()
                        .flatMap(card ->
                                card
                                        .text("role")
                                        .or(() -> card.text("class"))
                                        .or(() -> card.text("description"))
                                        .stream())
                        .findFirst()
                        .orElse("unknown"));
        address.ifPresent(it -> values.put("address", it));
        Set<String> macs = new TreeSet<>();
        said.forEach(card -> card.texts("mac").forEach(mac -> macs.add(mac.toLowerCase(Locale.ROOT))));
        macs.removeIf(mac -> !mac.matches("([0-9a-f]{2}:){5}[0-9a-f]{2}"));
        if (!macs.isEmpty()) {
            ArrayNode list = values.putArray("macs");
            macs.forEach(list::add);
        }
    }

    private void gateway() {
        List<String> said = site.bindings.all("device.registry.yaml", "network").stream()
                .flatMap(network -> network.text("gateway").stream())
                .filter(site.lan::has)
                .toList();
        for (var device : site.draft.file("network").path("devices")) {
            if (said.contains(device.path("address").asText())) {
                site.draft.file("site").put("gateway", device.path("id").asText());
            }
        }
    }
}
