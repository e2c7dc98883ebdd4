package io.ridethrough.discover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.SiteId;
import io.ridethrough.draft.Draft;
import io.ridethrough.draft.NewSite;
import io.ridethrough.target.proxmox.api.Inventory.SeenGuest;
import io.ridethrough.target.proxmox.api.Inventory.SeenNode;
import io.ridethrough.target.proxmox.api.Inventory.SeenStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A draft of a site out of what was found. */
public final class FoundSite {
    private static final String ASSUMED = "assumed";

    private final Draft draft;
    private final Found found;
    private final SortedMap<Integer, Set<String>> orders = new TreeMap<>();
    private final Set<String> taken = new TreeSet<>();
    private final List<String> hosts = new ArrayList<>();

    private FoundSite(SiteId site, String zone, Found found) {
        this.draft = new Draft(site);
        this.found = found;
        ObjectNode values = NewSite.describe(
                draft, zone, "nothing that answers says domains, defaults, time zone, LAN or whether power goes off");
        found.proxmoxes().stream()
                .map(Found.Proxmox::host)
                .filter(host -> host.matches("[0-9]+(\\.[0-9]+){3}"))
                .findFirst()
                .ifPresent(host -> values.put("lan", host.substring(0, host.lastIndexOf('.')) + ".0/24"));
    }

    /** What was found as a site's folder. */
    public static Draft draft(SiteId site, String zone, Found found) {
        FoundSite one = new FoundSite(site, zone, found);
        one.nodes();
        one.guests();
        one.orders();
        one.storages();
        new FoundUnits(one.draft, found, one.hosts).write();
        new FoundPower(one.draft, found, one.hosts).write();
        one.network();
        one.draft.noneWhereEmpty("nothing of this was found");
        return one.draft;
    }

    private String name(String said, String otherwise) {
        String name = Draft.id(said.isEmpty() ? otherwise : said);
        return taken.add(name)
                ? name
                : taken.add(Draft.id(otherwise)) ? Draft.id(otherwise) : name + "-" + taken.size();
    }

    private void nodes() {
        for (Found.Proxmox proxmox : found.proxmoxes()) {
            for (SeenNode seen : proxmox.seen().nodes()) {
                String address = seen.address().isEmpty() ? proxmox.host() : seen.address();
                ObjectNode node = draft.add("nodes", "nodes")
                        .put("id", name(seen.name(), seen.name()))
                        .put("node-name", seen.name())
                        .put("version", seen.version())
                        .put("address", address);
                hosts.add(node.path("id").asText());
                reached(node, proxmox, address);
            }
        }
    }

    private static void reached(ObjectNode node, Found.Proxmox proxmox, String address) {
        if (proxmox.by() instanceof Found.By.Login login) {
            ObjectNode ssh = node.putObject("ssh")
                    .put("host", address)
                    .put("port", login.port())
                    .put("user", login.user());
            if (!login.user().equals("root")) {
                ssh.put("sudo", true);
            }
            return;
        }
        Found.By.Api by = (Found.By.Api) proxmox.by();
        ObjectNode api = node.putObject("api").put("secret", by.secret());
        if (address.equals(proxmox.host())) {
            api.put("url", by.url());
            by.fingerprint().ifPresent(it -> api.putObject("tls").put("fingerprint", it));
        }
    }

    private void guests() {
        for (Found.Proxmox proxmox : found.proxmoxes()) {
            for (SeenNode node : proxmox.seen().nodes()) {
                node.guests().forEach(guest -> guest(Draft.id(node.name()), guest));
            }
        }
    }

    private void guest(String node, SeenGuest seen) {
        if (seen.template()) {
            draft.add("guests", "excluded")
                    .put("vmid", seen.vmid())
                    .put("runs-on", node)
                    .put("name", seen.name())
                    .put("reason", "a template");
            return;
        }
        ObjectNode guest = draft.add("guests", "guests")
                .put("id", name(seen.name(), seen.name() + "-" + seen.vmid()))
                .put("kind", seen.form() == Form.VM ? "vm" : "container")
                .put("vmid", seen.vmid())
                .put("runs-on", node)
                .put("onboot", seen.onboot());
        NativeOrder order = NativeOrder.of(seen.startup());
        if (!seen.startup().isEmpty()) {
            Draft.note(guest, "Its node starts it by " + seen.startup() + ".");
        }
        order.down().ifPresent(seconds -> guest.put("grace", seconds + "s"));
        order.order().ifPresent(number -> orders.computeIfAbsent(number, any -> new TreeSet<>())
                .add(guest.path("id").asText()));
    }

    /** That one is started after another is no proof that it needs it. */
    private void orders() {
        String before = "";
        for (Map.Entry<Integer, Set<String>> order : orders.entrySet()) {
            String id = "order-" + order.getKey();
            ObjectNode group = draft.add("guests", "groups").put("id", id);
            ArrayNode members = group.putArray("members");
            order.getValue().forEach(members::add);
            if (!before.isEmpty()) {
                group.putArray("needs").add(before);
                group.put(ASSUMED, "the nodes' own order of starting, not a declared need");
            }
            before = id;
        }
    }

    private void storages() {
        for (Found.Proxmox proxmox : found.proxmoxes()) {
            for (SeenStorage storage : proxmox.seen().storages()) {
                String server = server(storage);
                for (SeenNode seen : proxmox.seen().nodes()) {
                    if (storage.nodes().isEmpty() || storage.nodes().contains(seen.name())) {
                        mount(Draft.id(seen.name()), server + ":" + storage.export(), storage.path());
                    }
                }
            }
        }
    }

    private void mount(String node, String export, String at) {
        for (JsonNode one : draft.file("nodes").path("nodes")) {
            if (one.path("id").asText().equals(node)) {
                ((ObjectNode) one)
                        .withArrayProperty("mounts")
                        .addObject()
                        .put("export", export)
                        .put("at", at);
            }
        }
    }

    /** A node that serves it, a NAS that is known already, or a new one; with the export. */
    private String server(SeenStorage storage) {
        for (String[] list : new String[][] {{"nodes", "nodes"}, {"storage", "nas"}}) {
            for (JsonNode one : draft.file(list[0]).path(list[1])) {
                if (one.path("address").asText().equals(storage.server())) {
                    export((ObjectNode) one, storage.export());
                    return one.path("id").asText();
                }
            }
        }
        ObjectNode nas = draft.add("storage", "nas").put("id", name("store", storage.name()));
        nas.put(storage.server().matches("[0-9]+(\\.[0-9]+){3}") ? "address" : "title", storage.server());
        nas.putObject("ssh").put("host", storage.server());
        nas.put(ASSUMED, "seen as the server of NFS storages; what it is and how it goes off is not known");
        hosts.add(nas.path("id").asText());
        export(nas, storage.export());
        return nas.path("id").asText();
    }

    private static void export(ObjectNode server, String export) {
        ArrayNode exports = server.withArrayProperty("exports");
        for (JsonNode one : exports) {
            if (one.asText().equals(export)) {
                return;
            }
        }
        exports.add(export);
    }

    private void network() {
        for (Found.Unifi unifi : found.unifis()) {
            unifi.devices().forEach(device -> draft.add("network", "devices")
                    .put("id", name(device.name(), "device-" + device.mac()))
                    .put("role", device.model())
                    .putArray("macs")
                    .add(device.mac()));
            unifi.clients()
                    .forEach(client -> Draft.note(
                            draft.file("network"),
                            "Client seen: " + client.name() + " "
                                    + client.address().orElse("without address") + " " + client.mac()));
        }
    }
}
