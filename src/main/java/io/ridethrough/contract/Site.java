package io.ridethrough.contract;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One site as declared.
 *
 * @param lan the site's own subnet in CIDR form
 * @param gateway the device that routes it, if declared
 * @param nameService the asset that answers DNS for it, if declared
 * @param powerOff whether nodes and NAS are powered off in planned work unless asked otherwise
 * @param excluded guests that are never touched: templates, destroyed
 * @param posture what the standard compares machines and network with
 * @param upkeep what the standard compares the site with, and no plan needs
 */
public record Site(
        SiteId id,
        String title,
        ZoneId zone,
        String lan,
        List<String> domains,
        Optional<AssetId> gateway,
        Optional<AssetId> nameService,
        Orchestrator orchestrator,
        OutOfBand outOfBand,
        Recovery recovery,
        boolean powerOff,
        List<Node> nodes,
        List<Guest> guests,
        List<Excluded> excluded,
        List<Stack> stacks,
        List<Nas> nases,
        List<Device> devices,
        List<UnifiController> controllers,
        Optional<HomeAssistant> homeAssistant,
        Power power,
        List<Probe> probes,
        List<BackupWindow> backupWindows,
        Posture posture,
        Upkeep upkeep) {

    public Site {
        domains = List.copyOf(domains);
        nodes = List.copyOf(nodes);
        guests = List.copyOf(guests);
        excluded = List.copyOf(excluded);
        stacks = List.copyOf(stacks);
        nases = List.copyOf(nases);
        devices = List.copyOf(devices);
        controllers = List.copyOf(controllers);
        probes = List.copyOf(probes);
        backupWindows = List.copyOf(backupWindows);
    }

    /** A site that declares nothing for its upkeep. */
    public Site(
            SiteId id,
            String title,
            ZoneId zone,
            String lan,
            List<String> domains,
            Optional<AssetId> gateway,
            Optional<AssetId> nameService,
            Orchestrator orchestrator,
            OutOfBand outOfBand,
            Recovery recovery,
            boolean powerOff,
            List<Node> nodes,
            List<Guest> guests,
            List<Excluded> excluded,
            List<Stack> stacks,
            List<Nas> nases,
            List<Device> devices,
            List<UnifiController> controllers,
            Optional<HomeAssistant> homeAssistant,
            Power power,
            List<Probe> probes,
            List<BackupWindow> backupWindows,
            Posture posture) {
        this(
                id,
                title,
                zone,
                lan,
                domains,
                gateway,
                nameService,
                orchestrator,
                outOfBand,
                recovery,
                powerOff,
                nodes,
                guests,
                excluded,
                stacks,
                nases,
                devices,
                controllers,
                homeAssistant,
                power,
                probes,
                backupWindows,
                posture,
                Upkeep.NONE);
    }

    /** Every asset of the site, in declaration order: NAS, nodes, guests, stacks, devices. */
    public List<Asset> assets() {
        return java.util.stream.Stream.<List<? extends Asset>>of(nases, nodes, guests, stacks, devices)
                .<Asset>flatMap(List::stream)
                .toList();
    }

    /** Where the orchestrator of this site lives; {@code runsOn} empty means outside of every site (R26, R39). */
    public record Orchestrator(Optional<AssetId> runsOn) {}

    /** A guest that is never touched, and why. */
    public record Excluded(int vmid, Optional<AssetId> node, String name, String reason) {}

    /** How hard recovery tries before it reports. */
    public record Recovery(int attempts, Duration backOff) {}

    /**
     * The way in that must stay open while the site is down.
     *
     * @param askedOn the asset on which {@code tailscale status --json} is run; empty when not required
     * @param routers DNS names of the peers, other than those taken down, that may advertise the site's LAN
     * @param devices devices that must answer on their ports
     */
    public record OutOfBand(boolean required, Optional<AssetId> askedOn, List<String> routers, Set<AssetId> devices) {
        public OutOfBand {
            routers = List.copyOf(routers);
            devices = Set.copyOf(devices);
        }
    }

    /** A daily span in the site's zone that maintenance must not overlap. */
    public record BackupWindow(
            String id, String title, java.time.LocalTime at, Duration lasts, Set<java.time.DayOfWeek> days) {
        public BackupWindow {
            days = Set.copyOf(days);
        }
    }
}
