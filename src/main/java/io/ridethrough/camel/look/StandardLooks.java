package io.ridethrough.camel.look;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.SiteId;
import io.ridethrough.document.DocumentFolder;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.Pace;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.mqtt.RetainedMessages;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.probe.NameQuery;
import io.ridethrough.target.probe.Probes;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.tcp.Knock;
import io.ridethrough.target.unifi.UnifiAsk;
import io.ridethrough.target.way.Way;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks for the standard by the ways that targets already have, and so through their breakers. Only reads. Chooses who is
 * asked, and sees to it that no question takes longer than its limit or throws.
 */
public final class StandardLooks implements Looks {
    private final Pace pace;
    private final Looks contract = (probe, subject) -> Seeing.seen(Map.of());
    private final Looks commands;
    private final Looks stacks;
    private final Looks restartPolicies;
    private final Looks secretNames;
    private final Looks mounts;
    private final Looks nodes;
    private final Looks nativeOrder;
    private final Looks nases;
    private final Looks controllers;
    private final Looks switchPorts;
    private final Looks homes;
    private final Looks snapshots;
    private final Looks leavings;
    private final Looks exposed;
    private final Looks neighbours;
    private final Looks namePrograms;
    private final Looks tailnets;
    private final Looks ports;
    private final Looks names;
    private final Looks probes;
    private final Looks documents;
    private final Looks guests;
    private final Looks houses;
    private final Looks zigbee;
    private final Looks schedules;
    private final Looks backups;

    /** By what targets are asked. */
    public record Ways(
            Shell shell,
            Way<NodeAsk> nodes,
            Way<NasAsk> nases,
            Way<UnifiAsk> controllers,
            Way<HomeAsk> homes,
            Knock knock,
            NameQuery names,
            Probes probes,
            Function<SiteId, CompletionStage<DocumentFolder.Seen>> documents,
            RetainedMessages brokers,
            Pace pace,
            InstantSource clock) {}

    public StandardLooks(Supplier<Contracts> contracts, Ways ways) {
        pace = ways.pace();
        CommandLooks shell = new CommandLooks(ways.shell());
        commands = shell;
        stacks = new StackLooks(ways.shell());
        restartPolicies = new RestartPolicyLooks(ways.shell());
        secretNames = new SecretNameLooks(ways.shell());
        mounts = new MountLooks(ways.shell());
        nodes = new NodeLooks(ways.nodes());
        nativeOrder = new NativeOrderLooks(contracts, ways.shell());
        nases = new NasLooks(ways.nases());
        controllers = new ControllerLooks(ways.controllers());
        switchPorts = new SwitchPortLooks(ways.controllers());
        homes = new HomeLooks(ways.homes());
        snapshots = new SnapshotLooks(shell, ways.clock());
        leavings = new LeavingLooks(shell, ways.nodes());
        exposed = new ExposureLooks(shell);
        neighbours = new NeighbourLooks(shell);
        namePrograms = new NameProgramLooks(ways.shell());
        tailnets = new TailnetLooks(ways.shell(), ways.clock());
        ports = new PortLooks(ways.knock());
        names = new NameLooks(ways.names());
        probes = new ProbeLooks(ways.probes());
        documents = new DocumentLooks(ways.documents());
        guests = new GuestLooks(ways.shell());
        houses = new HouseLooks(ways.homes(), ways.clock());
        zigbee = new ZigbeeLooks(ways.brokers());
        schedules = new ScheduleLooks(ways.shell(), ways.clock());
        backups = new BackupLooks(ways.shell(), ways.nases(), ways.clock());
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        CompletableFuture<Look> look = new CompletableFuture<>();
        CompletionStage<Look> asked;
        try {
            asked = whoTells(probe.ask()).look(probe, subject);
        } catch (RuntimeException e) {
            asked = Seeing.unseen("it could not be asked: " + e);
        }
        asked.whenComplete((seen, trouble) ->
                look.complete(seen != null ? seen : new Look.Unseen("it could not be asked: " + trouble)));
        pace.after(probe.limit())
                .thenRun(() -> look.complete(
                        new Look.Unseen("no answer in " + probe.limit().toSeconds() + " s")));
        return look;
    }

    private Looks whoTells(Control.Ask ask) {
        return switch (ask) {
            case CONTRACT -> contract;
            case COMMAND -> commands;
            case CONTAINERS -> stacks;
            case RESTART_POLICIES -> restartPolicies;
            case SECRET_NAMES -> secretNames;
            case MOUNTS -> mounts;
            case NATIVE_ORDER -> nativeOrder;
            case GUESTS, TASKS, STORAGES, POOLS, DISKS, SERVICES, UPDATES -> nodes;
            case SNAPSHOTS -> snapshots;
            case LEAVINGS -> leavings;
            case LISTENING, ACCOUNTS -> exposed;
            case NEIGHBOURS -> neighbours;
            case DSM_STORAGE, DSM_EXPORTS, DSM_POWER, DSM_UPS -> nases;
            case UNIFI_DEVICES, UNIFI_RESERVATIONS -> controllers;
            case UNIFI_PORTS -> switchPorts;
            case HOME_STATE, HOME_INTEGRATIONS, HOME_ADD_ONS -> homes;
            case PORTS -> ports;
            case DNS -> names;
            case NAME_PROGRAM -> namePrograms;
            case TAILNET -> tailnets;
            case PROBES -> probes;
            case DOCUMENTS -> documents;
            case GUEST_CONFIG -> guests;
            case HOME_ENTITIES, HOME_ENDPOINTS, HOME_DASHBOARDS -> houses;
            case ZIGBEE_BRIDGE, ZIGBEE_DEVICES -> zigbee;
            case BACKUP_JOBS, BACKUP_RUN -> schedules;
            case GUEST_BACKUPS, APPLICATION_BACKUPS, OFFSITE_BACKUPS -> backups;
        };
    }
}
