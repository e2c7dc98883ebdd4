package io.ridethrough.setup;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.Ups;
import io.ridethrough.plan.LastNet;
import io.ridethrough.plan.NativeOrder;
import io.ridethrough.power.Lasts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a machine is to do when nothing of ours is left, as commands and steps to copy: start its guests in the order of
 * the relations, come up when mains return, and shut itself down at the end of the battery, after us and never before.
 */
public final class OwnNets {
    /** The login by which machines follow their UPS: whoever reads it in the file of one cannot tell the UPS anything. */
    private static final String FOLLOWER = "ridethrough-follower";

    private final Contracts contracts;
    private final Site site;
    private final List<LastNet> nets;
    private final List<String> lines = new ArrayList<>();

    private OwnNets(Contracts contracts, Site site) {
        this.contracts = contracts;
        this.site = site;
        this.nets = LastNet.of(site, contracts, Lasts.RESERVE);
    }

    /** The lines to print for a declared target; empty where it has no net of its own to set up. */
    public static List<String> of(Contracts contracts, AssetId id) {
        Site site = contracts.sites().get(id.site());
        if (site == null) {
            return List.of();
        }
        OwnNets own = new OwnNets(contracts, site);
        site.nodes().stream().filter(node -> node.id().equals(id)).forEach(own::node);
        site.nases().stream().filter(nas -> nas.id().equals(id)).forEach(own::nas);
        own.nets.stream().filter(net -> net.ups().id().equals(id)).forEach(own::ups);
        site.guests().stream().filter(guest -> guest.id().equals(id)).forEach(own::guest);
        return List.copyOf(own.lines);
    }

    private void node(Node node) {
        NativeOrder order = NativeOrder.of(node, contracts);
        add("# " + node.id() + " without us: the order in which it starts its guests, and stops them in reverse:");
        for (NativeOrder.Ordered one : order.guests()) {
            Guest guest = one.guest();
            add((guest.form() == Guest.Form.CONTAINER ? "pct" : "qm") + " set " + guest.vmid() + " --onboot "
                    + (guest.onboot() ? 1 : 0) + " --startup " + one.startup() + "   # " + guest.id());
        }
        order.unheeded().forEach(words -> add("# Not kept by it: " + words + "."));
        if (!order.waits().isZero()) {
            add("# What it mounts boots slower than it does: wait before the first guest.");
            add("pvenode config set --startall-onboot-delay " + order.waits().toSeconds());
        }
        node.mounts().stream()
                .map(Mount::at)
                .filter(at -> !at.startsWith("/mnt/pve/"))
                .forEach(at -> {
                    add("# No guest before " + at
                            + " is mounted, in /etc/systemd/system/pve-guests.service.d/mounts.conf:");
                    requires(at);
                });
        add("# Its firmware: power on when mains return (\"restore on AC power loss\": on, not: last state).");
        follows(node.id());
    }

    private void requires(String at) {
        add("[Unit]");
        add("RequiresMountsFor=" + at);
    }

    /** A secondary of every UPS that feeds it and has a server: upsmon acts on low battery or a forced shutdown only. */
    private void follows(AssetId id) {
        Set<AssetId> feeds = site.power().fedBy().getOrDefault(id, Set.of());
        List<LastNet> servers = nets.stream()
                .filter(net -> feeds.contains(net.ups().id()) && net.ups().nut().isPresent())
                .toList();
        nets.stream()
                .filter(net -> feeds.contains(net.ups().id()) && net.ups().nut().isEmpty())
                .forEach(net -> add("# " + net.ups().id() + " is declared without a NUT server: nothing but us shuts "
                        + id + " down. Say nut: in power.yaml."));
        if (servers.isEmpty()) {
            return;
        }
        add(
                "# It follows its UPS by itself, last of all: apt install nut-client; MODE=netclient in /etc/nut/nut.conf;");
        add(
                "# in /etc/nut/upsmon.conf, and nothing else there that shuts down (no upssched timer, no apcupsd beside it):");
        for (LastNet net : servers) {
            Ups.NutSource nut = net.ups().nut().orElseThrow();
            add("MONITOR " + nut.name() + "@" + nut.host() + ":" + nut.port() + " 1 " + FOLLOWER
                    + " <its password> secondary");
        }
        add("MINSUPPLIES " + site.power().minimum().getOrDefault(id, 1));
        add("SHUTDOWNCMD \"/sbin/shutdown -h +0\"");
        add("FINALDELAY 5");
        servers.forEach(this::when);
    }

    private void nas(Nas nas) {
        add("# " + nas.id()
                + " without us. DSM: Control Panel, Hardware & Power, General: restart automatically when the"
                + " power supply issue is fixed.");
        add(
                "# The same, UPS: enable UPS support; time before safe mode: until low battery, never a number of minutes;");
        add("# \"shut down UPS when the system enters safe mode\": off, it would cut the nodes' power too.");
        Set<AssetId> feeds = site.power().fedBy().getOrDefault(nas.id(), Set.of());
        nets.stream().filter(net -> feeds.contains(net.ups().id())).forEach(this::when);
    }

    private void ups(LastNet net) {
        when(net);
        net.ups().nut().ifPresent(nut -> {
            add("# In upsd.users of its NUT server, for the upsmon of what it feeds, which may follow and no more:");
            add("[" + FOLLOWER + "]");
            add("  password = <its password, another than ours>");
            add("  upsmon secondary");
            add("# Where it can be told so:");
            add("upsrw -s battery.runtime.low=" + net.low().toSeconds() + " -u <admin> " + nut.name() + "@" + nut.host()
                    + ":" + nut.port());
        });
    }

    private void when(LastNet net) {
        add("# Our shutdown begins while " + net.ups().id() + " still has " + words(net.ours())
                + " left, or before. It may call its battery low at " + words(net.low()) + " left, no earlier.");
        if (!net.isLongEnough()) {
            add("# By itself a machine of it may take " + words(net.needed())
                    + ": longer than that. Shorter graces in the order above are what mends it.");
        }
    }

    /** Containers that start before their mount write under it (moby#47153). */
    private void guest(Guest guest) {
        boolean carries = site.stacks().stream().map(Stack::runsOn).anyMatch(guest.id()::equals);
        if (carries && !guest.mounts().isEmpty()) {
            add("# " + guest.id() + " without us: no container before its mounts, in"
                    + " /etc/systemd/system/docker.service.d/mounts.conf:");
            add("[Unit]");
            add("RequiresMountsFor="
                    + String.join(" ", guest.mounts().stream().map(Mount::at).toList()));
        }
    }

    private static String words(Duration some) {
        long seconds = some.toSeconds();
        return seconds < 120
                ? seconds + " s"
                : seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }

    private void add(String line) {
        lines.add(line);
    }

    /** The lines of which {@code check} says whether a machine is left without a net. */
    public static List<String> gaps(Contracts contracts) {
        List<String> gaps = new ArrayList<>();
        contracts.sites().values().forEach(site -> {
            for (LastNet net : LastNet.of(site, contracts, Lasts.RESERVE)) {
                String name = net.ups().id().toString();
                if (net.ups().runtime().compareTo(net.ours()) < 0) {
                    gaps.add("warning: own net: " + name + " lasts "
                            + words(net.ups().runtime())
                            + " by declaration, and our shutdown alone needs " + words(net.ours())
                            + ": see forecast " + site.id());
                }
                if (net.ups().nut().isEmpty()) {
                    gaps.add("warning: own net: nothing but us shuts down " + names(net) + ": " + name
                            + " is declared without a NUT server that they could follow");
                } else {
                    gaps.add("own net: " + names(net) + " shut down by themselves when " + name + " has "
                            + words(net.low()) + " left, after us (" + words(net.ours()) + "); set up by setup "
                            + name);
                }
                if (!net.isLongEnough()) {
                    gaps.add("warning: own net: by itself a machine of " + name + " may take " + words(net.needed())
                            + ", and that may begin with " + words(net.low()) + " left only");
                }
            }
            for (Node node : site.nodes()) {
                NativeOrder.of(node, contracts).unheeded().forEach(words -> gaps.add("warning: own net: " + words));
            }
        });
        return gaps;
    }

    private static String names(LastNet net) {
        return String.join(", ", net.machines().stream().map(AssetId::toString).toList());
    }
}
