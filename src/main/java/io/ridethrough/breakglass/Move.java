package io.ridethrough.breakglass;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.target.nas.SynologyCommands;
import io.ridethrough.target.proxmox.GuestCommands;
import io.ridethrough.target.proxmox.NodeCommands;
import io.ridethrough.target.stack.ComposeCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One thing that a person does to one asset.
 *
 * @param stage moves of one stage may be done side by side; the next stage begins when all of them are proven
 * @param at where its commands are typed
 * @param shell the call of the script's function of that kind, without {@code at}
 * @param read the commands as a person types them, in order; empty where none is to be typed
 * @param proof what must be seen before the next stage
 */
public record Move(int stage, Asset asset, SshAccess at, List<String> shell, List<String> read, String proof) {
    private static final Duration FORCED = Duration.ofSeconds(60);
    private static final Duration POWER_OFF = Duration.ofSeconds(30);
    private static final Duration MARGIN = Duration.ofSeconds(15);

    public Move {
        shell = List.copyOf(shell);
        read = List.copyOf(read);
    }

    /** The asset's. */
    public AssetId id() {
        return asset.id();
    }

    static Move guestDown(int stage, Guest guest, Node node) {
        GuestCommands commands = of(guest, node);
        Duration whole = guest.grace().plus(MARGIN);
        String ask = commands.shutdown(guest.grace(), whole).line();
        String stop = guest.mayForce() ? commands.stop(node.version(), FORCED).line() : "";
        List<String> read = new ArrayList<>(List.of(ask, commands.status().line()));
        if (guest.mayForce()) {
            read.add("only if it does not stop: " + stop);
        }
        return new Move(
                stage,
                guest,
                node.ssh(),
                List.of("guest_down", commands.status().line(), ask, stop),
                read,
                guest.mayForce() ? "status: stopped" : "status: stopped. Never by force.");
    }

    static Move guestUp(int stage, Guest guest, Node node) {
        GuestCommands commands = of(guest, node);
        String start =
                commands.start(guest.start().multipliedBy(2).plus(FORCED)).line();
        return new Move(
                stage,
                guest,
                node.ssh(),
                List.of(
                        "guest_up",
                        guest.alwaysStart() ? "always" : "restore",
                        commands.status().line(),
                        start),
                List.of(start, commands.status().line()),
                "status: running");
    }

    static Move stackDown(int stage, Stack stack) {
        ComposeCommands commands = ComposeCommands.of(stack);
        Duration limit = stack.grace().plus(stack.stop()).plus(MARGIN);
        String line = (stack.stopBy() == Stack.StopBy.COMPOSE_DOWN
                        ? commands.down(stack.grace(), limit)
                        : commands.stop(stack.grace(), limit))
                .line();
        return new Move(stage, stack, stack.ssh(), List.of("simple", line), List.of(line), "it ends without an error");
    }

    static Move stackUp(int stage, Stack stack) {
        Duration patience = stack.start().multipliedBy(2);
        String line =
                ComposeCommands.of(stack).up(patience, patience.plus(FORCED)).line();
        return new Move(stage, stack, stack.ssh(), List.of("simple", line), List.of(line), "it ends without an error");
    }

    static Move hostDown(int stage, Asset host) {
        SshAccess at = host instanceof Node node ? node.ssh() : ((Nas) host).ssh();
        Duration off = host instanceof Node node ? node.off() : ((Nas) host).off();
        String line = (host instanceof Node
                        ? NodeCommands.powerOff(at.sudo(), POWER_OFF)
                        : SynologyCommands.powerOff(at.sudo(), POWER_OFF))
                .line();
        String plain = host instanceof Node
                ? ""
                : SynologyCommands.plainPowerOff(at.sudo(), POWER_OFF).line();
        return new Move(
                stage,
                host,
                at,
                List.of("host_down", seconds(off.multipliedBy(2).plus(FORCED)), line, plain),
                List.of(line),
                "no answer on port " + at.port() + " any more, its lamps are out");
    }

    /** @param access where a helper that is to send a magic packet is reached */
    static Move wake(int stage, Asset host, Function<AssetId, Optional<SshAccess>> access) {
        SshAccess at = host instanceof Node node ? node.ssh() : ((Nas) host).ssh();
        Duration boot = host instanceof Node node ? node.boot() : ((Nas) host).boot();
        List<WakeWay> ways = host instanceof Node node ? node.wake() : ((Nas) host).wake();
        List<String> shell = new ArrayList<>(List.of("wake", seconds(boot.plusSeconds(30))));
        List<String> read = new ArrayList<>();
        for (WakeWay way : ways) {
            if (way instanceof WakeWay.WakeOnLan lan) {
                Optional<SshAccess> helper = lan.from().flatMap(access);
                for (String mac : lan.macs()) {
                    shell.add(lan.broadcast() + "," + lan.port() + "," + mac
                            + helper.map(Move::reached).orElse(""));
                    read.add(helper.map(Move::typed).orElse("") + "wakeonlan -i " + lan.broadcast() + " -p "
                            + lan.port() + " " + mac);
                }
            } else if (way instanceof WakeWay.Management management) {
                read.add("by hand: switch it on in the web page of " + management.controller());
            } else if (way instanceof WakeWay.PoweredPort port) {
                read.add("by hand, if it is silent: power of " + port.words() + " off and on again");
            } else if (way instanceof WakeWay.Plug plug) {
                read.add("by hand: switch its plug " + plug.device() + " on"
                        + (plug.force() ? "; if it is on and the machine is silent, off and on again" : ""));
            }
        }
        if (read.isEmpty()) {
            read.add("by hand: press its power button");
        }
        ways.stream()
                .filter(WakeWay.AlarmClock.class::isInstance)
                .map(way -> ((WakeWay.AlarmClock) way).after().toMinutes())
                .map(after -> "or by itself, " + after + " min after Ridethrough powered it off in planned work")
                .forEach(read::add);
        return new Move(stage, host, at, shell, read, "ssh answers");
    }

    private static String reached(SshAccess at) {
        return "," + at.host() + "," + at.port() + "," + at.user() + "," + at.identity();
    }

    private static String typed(SshAccess at) {
        return "ssh -p " + at.port() + " " + at.user() + "@" + at.host() + " ";
    }

    private static GuestCommands of(Guest guest, Node node) {
        return new GuestCommands(guest.form(), guest.vmid(), node.ssh().sudo());
    }

    private static String seconds(Duration time) {
        return Long.toString(Math.max(1, time.plusMillis(999).toSeconds()));
    }
}
