package io.ridethrough.document;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Probe;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.WakeWay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What contracts declare, as sentences for people. Sets come in the order of their names. */
final class Sentence {
    private Sentence() {}

    static String of(Duration time) {
        long seconds = time.toSeconds();
        if (seconds >= 7200 && seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds >= 120 && seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    /** What it is, for the second line beside a name. */
    static String kind(Asset asset) {
        if (asset instanceof Guest guest) {
            return (guest.form() == Guest.Form.CONTAINER ? "container " : "VM ") + guest.vmid();
        }
        return asset instanceof Device device ? device.role() : asset instanceof Nas ? "NAS" : asset.kind();
    }

    static String names(Collection<AssetId> ids) {
        return new TreeSet<>(ids).stream().map(AssetId::name).collect(Collectors.joining(", "));
    }

    /** Why it comes after others. */
    static List<String> reasons(Site site, Asset asset) {
        List<String> reasons = new ArrayList<>();
        List<Mount> mounts = List.of();
        if (asset instanceof Guest guest) {
            reasons.add("runs on " + guest.runsOn().name());
            mounts = guest.mounts();
        } else if (asset instanceof Stack stack) {
            reasons.add("runs on " + stack.runsOn().name());
        } else if (asset instanceof Node node) {
            mounts = node.mounts();
        }
        mounts.forEach(mount -> reasons.add("mounts " + mount.export() + " of " + mount.servedBy()));
        if (!asset.needs().isEmpty()) {
            reasons.add("needs " + names(asset.needs()));
        }
        site.homeAssistant()
                .filter(home ->
                        home.guest().equals(asset.id()) && !home.radios().isEmpty())
                .ifPresent(home -> reasons.add("talks through " + names(home.radios())));
        if (!asset.reachedThrough().isEmpty()) {
            reasons.add("is reached through " + names(asset.reachedThrough()));
        }
        return reasons.isEmpty() ? List.of("needs nothing else of this site") : reasons;
    }

    /** Who starts it, in the order in which it is tried. */
    static List<String> starts(Asset asset) {
        if (asset instanceof Guest guest) {
            return List.of(
                    guest.onboot()
                            ? "its node at boot; Ridethrough where that did not"
                            : "Ridethrough; its node does not at boot",
                    guest.alwaysStart() ? "in any case" : "only if it ran before");
        }
        if (asset instanceof Stack stack) {
            return List.of(
                    stack.stopBy() == Stack.StopBy.HOST
                            ? "docker, by its restart policy, when "
                                    + stack.runsOn().name() + " is up"
                            : "Ridethrough");
        }
        List<WakeWay> ways =
                asset instanceof Node node ? node.wake() : asset instanceof Nas nas ? nas.wake() : List.of();
        if (asset instanceof Device) {
            return List.of("itself, when it gets power");
        }
        return ways.isEmpty()
                ? List.of("a person alone, at its power button: no way to wake it is declared")
                : ways.stream().map(Sentence::way).toList();
    }

    private static String way(WakeWay way) {
        if (way instanceof WakeWay.WakeOnLan lan) {
            return "Wake-on-LAN to " + String.join(", ", lan.macs()) + " (broadcast " + lan.broadcast() + ", port "
                    + lan.port() + "), sent by "
                    + lan.from().map(AssetId::name).orElse("Ridethrough");
        }
        if (way instanceof WakeWay.Management management) {
            return "its management controller " + management.controller().name() + ", system " + management.system();
        }
        if (way instanceof WakeWay.PoweredPort port) {
            return port.words() + " off and on again, only where it is silent";
        }
        if (way instanceof WakeWay.AlarmClock alarm) {
            return "its own clock's alarm, " + of(alarm.after()) + " after its power-off"
                    + (alarm.inOutage() ? ", in an outage too" : " in planned work");
        }
        if (way instanceof WakeWay.Plug plug) {
            return "its plug " + plug.device().name() + ", switched on"
                    + (plug.force() ? "; off and on again where it is on and the machine is silent" : "");
        }
        return switch (((WakeWay.Unaided) way).by()) {
            case MAINS -> "its own firmware, when mains return to it";
            case ALARM_CLOCK -> "its own clock's alarm";
            case MANAGEMENT -> "its management controller, commanded by somebody else";
            case OTHER_HOST -> "another machine that stays on";
        };
    }

    /** How long it takes by declaration. */
    static Duration takes(Asset asset) {
        if (asset instanceof Node node) {
            return node.boot();
        }
        if (asset instanceof Nas nas) {
            return nas.boot();
        }
        return asset instanceof Guest guest
                ? guest.start()
                : asset instanceof Stack stack ? stack.start() : Duration.ZERO;
    }

    /** What must be seen of it when it is up. */
    static List<String> checks(Site site, Asset asset) {
        List<String> checks = new ArrayList<>();
        if (asset instanceof Node node) {
            checks.add("ssh answers at " + node.ssh().host() + ", port "
                    + node.ssh().port());
        } else if (asset instanceof Nas nas) {
            checks.add(
                    "ssh answers at " + nas.ssh().host() + ", port " + nas.ssh().port());
            nas.exports().forEach(export -> checks.add("exports " + export));
        } else if (asset instanceof Guest guest) {
            checks.add(guest.ready() == Guest.Ready.RESPONDS ? "is running and responds" : "is running");
        } else if (asset instanceof Device device && device.address().isPresent()) {
            device.ports().forEach(port -> checks.add(device.address().orElseThrow() + " answers at port " + port));
        }
        site.probes().stream()
                .filter(probe -> probe.asset().equals(asset.id()))
                .map(Sentence::question)
                .filter(question -> !checks.contains(question))
                .forEach(checks::add);
        return checks;
    }

    static String question(Probe probe) {
        if (probe instanceof Probe.Http http) {
            return http.url() + " answers "
                    + http.expect().stream().sorted().map(String::valueOf).collect(Collectors.joining(" or "));
        }
        if (probe instanceof Probe.Tcp tcp) {
            return tcp.host() + " answers at port " + tcp.port();
        }
        if (probe instanceof Probe.Dns dns) {
            return dns.server() + ", port " + dns.port() + ", knows an address of " + dns.name();
        }
        Probe.Command command = (Probe.Command) probe;
        return "on " + command.on().name() + ", \"" + String.join(" ", command.command()) + "\" exits with 0";
    }
}
