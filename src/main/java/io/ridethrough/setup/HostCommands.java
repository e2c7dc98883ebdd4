package io.ridethrough.setup;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.BackupTarget;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Posture;
import io.ridethrough.contract.Probe;
import io.ridethrough.contract.Remedy;
import io.ridethrough.contract.SecretName;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.target.BootId;
import io.ridethrough.target.files.NewestFile;
import io.ridethrough.target.nas.SynologyCommands;
import io.ridethrough.target.off.DelayedPowerOff;
import io.ridethrough.target.proxmox.MountState;
import io.ridethrough.target.proxmox.RootCommands;
import io.ridethrough.target.ssh.AssetCommand;
import io.ridethrough.target.ssh.ForcedCommand;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.SshHosts;
import io.ridethrough.target.stack.ComposeCommands;
import io.ridethrough.target.stack.NamesInFiles;
import io.ridethrough.target.tailnet.Tailnet;
import io.ridethrough.target.wake.AlarmCommands;
import io.ridethrough.target.wake.WakeCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every line that a host may be sent over SSH by what is declared now, as expressions of {@link ForcedCommand}. Discovery
 * is not among them: it is a person's, and asks of a node whatever that is made of.
 */
public final class HostCommands {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final String UNIT = "[A-Za-z0-9@:_][A-Za-z0-9@:_.-]*\\.(service|timer|socket|path|mount)";

    private final Contracts contracts;
    private final Asset host;
    private final Optional<Site> site;
    private final boolean sudo;
    private final SortedSet<String> expressions = new TreeSet<>();

    private HostCommands(Contracts contracts, Asset host, SshAccess ssh) {
        this.contracts = contracts;
        this.host = host;
        this.site = Optional.ofNullable(contracts.sites().get(host.id().site()));
        this.sudo = ssh.sudo();
    }

    /** For a declared node, NAS or guest, and the stacks on it; empty for one that is never sent anything. */
    public static List<String> of(Contracts contracts, Asset host) {
        return SshHosts.accessOf(host)
                .map(ssh -> List.copyOf(new HostCommands(contracts, host, ssh).all()))
                .orElse(List.of());
    }

    private SortedSet<String> all() {
        exact(RemoteCommand.look(LONG, "true"));
        if (host instanceof Node node) {
            node(node);
        }
        if (host instanceof Nas nas) {
            nas(nas);
        }
        StackRights.on(contracts, host.id()).forEach(this::stack);
        contracts.sites().values().forEach(this::asked);
        return expressions;
    }

    private void node(Node node) {
        Map<Integer, Guest.Form> guests = guests(node);
        List<RemoteCommand> root = Stream.concat(
                        RootCommands.of(node, guests, sudo).stream(), RootCommands.besides(contracts, node).stream())
                .toList();
        root.forEach(this::any);
        if (sudo) {
            expressions.addAll(ForcedCommand.asked(root));
        }
        machine();
        if (node.wake().stream().anyMatch(WakeWay.AlarmClock.class::isInstance)) {
            exact(AlarmCommands.read());
        }
        node.mounts().forEach(mount -> exact(MountState.ask(mount, LONG)));
        mended(node);
    }

    private Map<Integer, Guest.Form> guests(Node node) {
        return contracts.assets().values().stream()
                .filter(Guest.class::isInstance)
                .map(Guest.class::cast)
                .filter(guest -> guest.runsOn().equals(node.id()))
                .collect(Collectors.toMap(Guest::vmid, Guest::form, (one, same) -> one));
    }

    private void nas(Nas nas) {
        List<RemoteCommand> off = new ArrayList<>(DelayedPowerOff.besides(contracts, nas));
        off.add(SynologyCommands.powerOff(sudo, LONG));
        off.forEach(this::any);
        any(SynologyCommands.plainPowerOff(sudo, LONG));
        exact(SynologyCommands.exports());
        if (sudo) {
            expressions.addAll(ForcedCommand.asked(off));
        }
        if (carriesUs()) {
            exact(DelayedPowerOff.isAsleep(LONG));
        }
        machine();
    }

    /** Of whatever goes off and is woken. */
    private void machine() {
        exact(BootId.ask());
        if (carriesUs()) {
            exact(DelayedPowerOff.isPending(LONG));
        }
    }

    private boolean carriesUs() {
        return site.flatMap(one -> one.orchestrator().runsOn()).isPresent();
    }

    /** What no list can bound is bound by its form: the units that failed. */
    private void mended(Node node) {
        contracts.standard().controls().stream()
                .flatMap(control -> control.mends().stream())
                .filter(remedy -> remedy.kind() == Remedy.Kind.RESTART_FAILED_UNITS)
                .forEach(remedy -> {
                    RemoteCommand restart = RemoteCommand.look(LONG, "systemctl", "restart");
                    expressions.add(ForcedCommand.withMore(restart.asRoot(sudo), UNIT));
                    exact(RemoteCommand.look(
                            LONG, "systemctl", "list-units", "--failed", "--plain", "--no-legend", "--no-pager"));
                    exact(RemoteCommand.look(
                            LONG,
                            Stream.concat(Stream.of("systemctl", "is-active"), remedy.units().stream())
                                    .toArray(String[]::new)));
                });
        if (asks(Control.Ask.LEAVINGS)) {
            expressions.add(
                    ForcedCommand.withOneMore(RootCommands.volumes(node.ssh().sudo()), RootCommands.STORAGE));
        }
    }

    private boolean asks(Control.Ask ask) {
        return contracts.standard().controls().stream()
                .anyMatch(control -> control.probe().ask() == ask);
    }

    private void stack(Stack stack) {
        ComposeCommands compose = ComposeCommands.of(stack);
        exact(compose.ps());
        exact(compose.services());
        if (asks(Control.Ask.RESTART_POLICIES)) {
            exact(compose.ids());
            expressions.add(ForcedCommand.withMore(compose.policies(List.of()), StackRights.CONTAINER));
        }
        any(compose.stop(LONG, LONG));
        any(compose.down(LONG, LONG));
        any(compose.up(LONG, LONG));
        expressions.add(ForcedCommand.withMore(compose.clear(List.of(), LONG), StackRights.SERVICE));
        List<String> never = Optional.ofNullable(
                        contracts.sites().get(stack.id().site()))
                .stream()
                .flatMap(one -> one.upkeep().secretNames().stream())
                .map(SecretName::never)
                .flatMap(List::stream)
                .toList();
        if (asks(Control.Ask.SECRET_NAMES) && !never.isEmpty()) {
            exact(NamesInFiles.command(stack.path(), never, LONG));
        }
    }

    /** What a site asks of this host for others, or as its own probes and controls have it. */
    private void asked(Site one) {
        one.probes().stream()
                .filter(Probe.Command.class::isInstance)
                .map(Probe.Command.class::cast)
                .filter(probe -> probe.on().equals(host.id()))
                .forEach(probe -> exact(new RemoteCommand(probe.command(), LONG, RemoteCommand.Lane.LOOK)));
        for (Control control : contracts.standard().controls()) {
            control.kind().of(one).forEach(asset -> AssetCommand.of(control.probe(), asset)
                    .filter(command -> command.on().equals(host.id()))
                    .ifPresent(command -> exact(command.command())));
        }
        if (asksTailnet(one, host)) {
            exact(Tailnet.ask(sudo));
        }
        if (one.nameService().filter(host.id()::equals).isPresent()) {
            one.posture()
                    .names()
                    .map(Posture.NamePolicy::program)
                    .filter(program -> !program.isEmpty())
                    .ifPresent(program -> exact(new RemoteCommand(program, LONG, RemoteCommand.Lane.LOOK)));
        }
        one.upkeep().backups().stream()
                .filter(target -> target.on().equals(host.id()))
                .forEach(target -> files(one, target));
        Stream.concat(one.nodes().stream().map(Node::wake), one.nases().stream().map(Nas::wake))
                .flatMap(List::stream)
                .forEach(this::helped);
    }

    /** Whether that host tells a site what of its tailnet is there. */
    static boolean asksTailnet(Site one, Asset host) {
        return one.outOfBand().askedOn().filter(host.id()::equals).isPresent()
                || one.posture()
                        .tailnet()
                        .map(Posture.Tailnet::askedOn)
                        .filter(host.id()::equals)
                        .isPresent();
    }

    private void files(Site one, BackupTarget target) {
        if (target.source() instanceof BackupTarget.Files files) {
            Stream<String> patterns = files.isPerGuest()
                    ? one.guests().stream()
                            .filter(guest -> target.of().contains(guest.id()))
                            .map(guest -> files.of(guest.vmid()))
                    : Stream.of(files.pattern());
            patterns.forEach(pattern -> exact(new NewestFile(pattern).command(LONG)));
        }
    }

    private void helped(WakeWay way) {
        if (way instanceof WakeWay.WakeOnLan lan
                && lan.from().filter(host.id()::equals).isPresent()) {
            exact(WakeCommand.of(lan));
            exact(WakeCommand.isThere());
        }
    }

    private void any(RemoteCommand command) {
        expressions.add(ForcedCommand.anyNumbers(command));
    }

    private void exact(RemoteCommand command) {
        expressions.add(ForcedCommand.asWritten(command));
    }
}
