package io.ridethrough.draft.bindings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.draft.bindings.Finding.Kind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What guests mount over NFS, from the storage placement: {@code node:pool/folder (NFS)} at a mount point. */
final class Mounts {
    private static final Pattern NFS = Pattern.compile("([A-Za-z0-9-]+):(/?[^ ]+) \\(NFS\\).*");

    private final SiteImport site;

    Mounts(SiteImport site) {
        this.site = site;
    }

    void read() {
        for (Spot placed : site.bindings.list("storage.placement.policy.yaml", "vm_storage")) {
            Optional<Known> guest = site.find(placed.key());
            guest.ifPresent(it -> mount(it, placed));
            if (guest.isEmpty()
                    && site.bindings.list("vm.lifecycle.yaml", "vms").stream().noneMatch(vm -> vm.text("hostname")
                            .filter(placed.key()::equals)
                            .isPresent())) {
                site.findings.add(
                        Kind.DANGLING, "storage is placed for a guest that is not declared", "left out", placed);
            }
        }
    }

    private void mount(Known guest, Spot placed) {
        if (placed.text("vmid").filter(vmid -> !vmid.equals(guest.vmid())).isPresent()) {
            site.findings.add(
                    Kind.CONTRADICTION,
                    "the number of guest " + guest.id() + " is said in two ways",
                    guest.vmid(),
                    guest.entry().get("id"),
                    placed.get("vmid"));
        }
        Matcher nfs = NFS.matcher(placed.text("data_source").orElse(""));
        if (!nfs.matches() || placed.text("data_mount").isEmpty()) {
            return;
        }
        Optional<Known> server = site.find(nfs.group(1));
        if (server.isEmpty()) {
            site.findings.add(
                    Kind.DANGLING,
                    guest.id() + " mounts from what is no machine of the site",
                    "no mount",
                    placed.get("data_source"));
            return;
        }
        String said = nfs.group(2);
        String path = said.startsWith("/") ? said : "/" + said;
        export(server.get().values(), path);
        ObjectNode mount = guest.values().withArrayProperty("mounts").addObject();
        mount.put("export", server.get().id() + ":" + path)
                .put("at", placed.text("data_mount").orElse(""));
        Assume.that(mount, "from the storage placement; nobody looked at the exports");
    }

    private static void export(ObjectNode server, String path) {
        ArrayNode exports = server.withArrayProperty("exports");
        for (JsonNode known : exports) {
            if (known.asText().equals(path)) {
                return;
            }
        }
        exports.add(path);
    }
}
