package io.ridethrough.discover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.draft.Draft;
import io.ridethrough.target.nas.NasTold;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Storage units and Home Assistants that answered for themselves. */
final class FoundUnits {
    private static final String ASSUMED = "assumed";

    private final Draft draft;
    private final Found found;
    private final List<String> hosts;

    FoundUnits(Draft draft, Found found, List<String> hosts) {
        this.draft = draft;
        this.found = found;
        this.hosts = hosts;
    }

    void write() {
        found.nases().forEach(this::nas);
        found.homes().forEach(this::home);
    }

    /** The server of storages that was seen already, or a new one: now it is known what it is. */
    private void nas(Found.Dsm dsm) {
        ObjectNode nas = at(dsm.host()).orElseGet(() -> added(dsm));
        nas.put("title", "Synology " + dsm.unit().model());
        nas.put("address", dsm.host());
        nas.remove(ASSUMED);
        api(nas.putObject("api").put("url", dsm.url()), dsm.fingerprint());
        Draft.note(nas, "It says: DSM " + dsm.unit().version() + "; " + power(dsm.power()) + ".");
    }

    private static String power(NasTold.PowerSettings power) {
        String woken = power.wakeOnLan().entrySet().stream()
                .filter(port -> port.getValue() == NasTold.Setting.ON)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        String starts =
                switch (power.startsAfterOutage()) {
                    case ON -> "starts by itself when the mains return";
                    case OFF -> "stays off when the mains return";
                    case UNTOLD -> "does not tell whether it starts when the mains return";
                };
        return starts + ", "
                + (woken.isEmpty() ? "listens to no magic packet" : "listens to magic packets at " + woken);
    }

    private Optional<ObjectNode> at(String host) {
        for (JsonNode one : draft.file("storage").path("nas")) {
            if (one.path("address").asText().equals(host)
                    || one.at("/ssh/host").asText().equals(host)) {
                return Optional.of((ObjectNode) one);
            }
        }
        return Optional.empty();
    }

    private ObjectNode added(Found.Dsm dsm) {
        String id = Draft.id(dsm.unit().model());
        ObjectNode nas = draft.add("storage", "nas").put("id", hosts.contains(id) ? id + "-" + hosts.size() : id);
        nas.putObject("ssh").put("host", dsm.host());
        hosts.add(nas.path("id").asText());
        return nas;
    }

    /** A site has one; in which guest it runs only its name can hint at. */
    private void home(Found.Home home) {
        ObjectNode file = draft.file("home-assistant");
        List<String> likely = guests().stream()
                .filter(guest -> guest.matches(".*(home-?assistant|hass|haos).*"))
                .toList();
        if (likely.size() != 1) {
            Draft.note(
                    file,
                    "A Home Assistant " + home.version() + " answers at " + home.url() + ". In which guest does it run?"
                            + " Nothing that answers can tell: declare it here with guest and url.");
            return;
        }
        ObjectNode declared =
                file.putObject("home-assistant").put("guest", likely.get(0)).put("url", home.url());
        home.fingerprint().ifPresent(it -> declared.putObject("tls").put("fingerprint", it));
        declared.put(ASSUMED, "it runs in the guest that is called like it");
        ArrayNode addOns = declared.putArray("add-ons");
        home.addOns().states().keySet().stream().filter(home.addOns()::runs).forEach(slug -> addOns.addObject()
                .put("slug", slug));
    }

    private List<String> guests() {
        return draft.file("guests").path("guests").findValuesAsText("id");
    }

    private static void api(ObjectNode api, Optional<String> fingerprint) {
        fingerprint.ifPresent(it -> api.putObject("tls").put("fingerprint", it));
    }
}
