package io.ridethrough.discover;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.draft.Draft;
import io.ridethrough.target.unifi.UnifiTold;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** UPSes, and the question who is fed by which; the MACs by which hosts may be woken. */
final class FoundPower {
    private static final String ASSUMED = "assumed";

    private final Draft draft;
    private final Found found;
    private final List<String> hosts;

    FoundPower(Draft draft, Found found, List<String> hosts) {
        this.draft = draft;
        this.found = found;
        this.hosts = hosts;
    }

    void write() {
        int upses = 0;
        for (Found.Nut nut : found.nuts()) {
            for (Map.Entry<String, Map<String, String>> ups : nut.upses().entrySet()) {
                ups(nut, ups.getKey(), ups.getValue());
                upses++;
            }
        }
        supplies(upses);
        macs();
    }

    private void ups(Found.Nut nut, String name, Map<String, String> variables) {
        ObjectNode ups = draft.add("power", "upses").put("id", Draft.id(name));
        String model = variables.getOrDefault("device.model", variables.getOrDefault("ups.model", ""));
        if (!model.isBlank()) {
            ups.put("title", model);
        }
        String runtime = variables.getOrDefault("battery.runtime", "");
        boolean told = runtime.matches("[1-9][0-9]{0,5}(\\.[0-9]+)?");
        ups.put("runtime", (told ? runtime.replaceAll("\\..*", "") : "300") + "s");
        ups.put(
                ASSUMED,
                told
                        ? "the runtime is what it told when it was asked, at the load it had then"
                        : "it does not tell its runtime: five minutes are a guess");
        ups.putObject("nut").put("host", nut.host()).put("port", nut.port()).put("name", name);
    }

    /** With one UPS a host is most likely on it; with several nobody can tell, and none is written. */
    private void supplies(int upses) {
        if (upses == 1) {
            String ups = draft.file("power").at("/upses/0/id").asText();
            for (String host : hosts) {
                ObjectNode supply = draft.add("power", "supplies").put("asset", host);
                supply.putArray("fed-by").add(ups);
                supply.put(ASSUMED, "is " + host + " plugged into " + ups + "? It was not seen; if not, remove this");
            }
        } else if (upses > 1) {
            Draft.note(
                    draft.file("power"),
                    "Which UPS feeds " + String.join(", ", hosts)
                            + "? Nothing that answers can tell: add supplies, each with asset and fed-by.");
        }
    }

    private void macs() {
        for (String[] list : new String[][] {{"nodes", "nodes"}, {"storage", "nas"}}) {
            draft.file(list[0])
                    .path(list[1])
                    .forEach(host -> client(host.path("address").asText()).ifPresent(client -> {
                        ObjectNode wake = draft.add("power", "wake")
                                .put("asset", host.path("id").asText());
                        ObjectNode way = wake.putArray("ways").addObject();
                        ArrayNode macs = way.putObject("wake-on-lan").putArray("macs");
                        macs.add(client.mac());
                        String address = host.path("address").asText();
                        way.withObjectProperty("wake-on-lan")
                                .put("broadcast", address.substring(0, address.lastIndexOf('.')) + ".255");
                        way.put(ASSUMED, "the MAC that the controller sees at this address; nobody woke it by it yet");
                    }));
        }
    }

    private Optional<UnifiTold.Client> client(String address) {
        return found.unifis().stream()
                .flatMap(unifi -> unifi.clients().stream())
                .filter(client -> client.address().filter(address::equals).isPresent())
                .findFirst();
    }
}
