package io.ridethrough.cli;

import io.ridethrough.api.Api;
import io.ridethrough.api.ContractsApi;
import io.ridethrough.api.DashboardsApi;
import io.ridethrough.api.Health;
import io.ridethrough.api.ReadyApi;
import io.ridethrough.api.ReceiptsApi;
import io.ridethrough.api.StandardApi;
import io.ridethrough.api.StandardReceipts;
import io.ridethrough.api.Tokens;
import io.ridethrough.camel.Anchors;
import io.ridethrough.camel.Breakers;
import io.ridethrough.camel.Engine;
import io.ridethrough.camel.Escalations;
import io.ridethrough.camel.HttpProbes;
import io.ridethrough.camel.MaintenanceWindows;
import io.ridethrough.camel.PackTimes;
import io.ridethrough.camel.PowerRoutes;
import io.ridethrough.camel.PowerSources;
import io.ridethrough.camel.PowerWatch;
import io.ridethrough.camel.ReadyExpiries;
import io.ridethrough.camel.ReadyTrials;
import io.ridethrough.camel.RoutedHttps;
import io.ridethrough.camel.RoutedShell;
import io.ridethrough.camel.RoutedWays;
import io.ridethrough.camel.SshRoutes;
import io.ridethrough.camel.SupplyGate;
import io.ridethrough.camel.Targets;
import io.ridethrough.camel.WallTime;
import io.ridethrough.camel.WindowRoutes;
import io.ridethrough.camel.WiredHttp;
import io.ridethrough.camel.hands.BeforeDown;
import io.ridethrough.camel.hands.PowerPaths;
import io.ridethrough.camel.hands.TargetHands;
import io.ridethrough.camel.hands.Tools;
import io.ridethrough.camel.look.StandardLooks;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.DeclaredHosts;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.contract.InForce;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.UnifiController;
import io.ridethrough.contract.Ups;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.dashboard.DashboardShelf;
import io.ridethrough.dashboard.Dashboards;
import io.ridethrough.drill.Armings;
import io.ridethrough.drill.DrillBook;
import io.ridethrough.drill.DrillReceipts;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.LateJournal;
import io.ridethrough.plan.Planner;
import io.ridethrough.ready.ReadyToAct;
import io.ridethrough.run.Durations;
import io.ridethrough.run.Escalated;
import io.ridethrough.run.Experienced;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Progress;
import io.ridethrough.run.Resume;
import io.ridethrough.run.Runs;
import io.ridethrough.run.Standing;
import io.ridethrough.run.WindowHalves;
import io.ridethrough.standard.Evaluation;
import io.ridethrough.target.RememberedSecrets;
import io.ridethrough.target.Rerouted;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.dsm.DsmWay;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.homeassistant.HomeLogins;
import io.ridethrough.target.homeassistant.RestWay;
import io.ridethrough.target.homeassistant.SocketWay;
import io.ridethrough.target.mqtt.BrokerTalk;
import io.ridethrough.target.mqtt.RetainedMessages;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.nas.NasSshWay;
import io.ridethrough.target.plug.GuardedPlugs;
import io.ridethrough.target.plug.PlugAsk;
import io.ridethrough.target.plug.PlugWay;
import io.ridethrough.target.probe.NameQuery;
import io.ridethrough.target.probe.Probes;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.SshWay;
import io.ridethrough.target.proxmox.api.ApiWay;
import io.ridethrough.target.redfish.RedfishAsk;
import io.ridethrough.target.redfish.RedfishWay;
import io.ridethrough.target.ssh.KeptSsh;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.ssh.SshHosts;
import io.ridethrough.target.ssh.SshLimits;
import io.ridethrough.target.tcp.Knock;
import io.ridethrough.target.tcp.SocketKnock;
import io.ridethrough.target.tls.NewestPins;
import io.ridethrough.target.tls.Pins;
import io.ridethrough.target.unifi.ClassicWay;
import io.ridethrough.target.unifi.GuardedPorts;
import io.ridethrough.target.unifi.IntegrationWay;
import io.ridethrough.target.unifi.UnifiAsk;
import io.ridethrough.target.wake.Waker;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The product, put together by hand: the one composition root. Started once; closed once. */
final class Service implements AutoCloseable {
    /**
     * What differs between the real world and the lab.
     *
     * @param name {@code real}, or what stands on every screen and receipt of the lab
     * @param broker where a UPS's broker really is
     * @param since when faster time was the real one
     */
    record World(
            String name,
            double speed,
            Wiring wiring,
            Secrets secrets,
            Path knownHosts,
            Pins pins,
            Function<Ups.MqttSource, String> broker,
            Instant since) {
        /** The same with a time of its own. */
        World(
                String name,
                double speed,
                Wiring wiring,
                Secrets secrets,
                Path knownHosts,
                Pins pins,
                Function<Ups.MqttSource, String> broker) {
            this(name, speed, wiring, secrets, knownHosts, pins, broker, Instant.now());
        }

        World goesOnSince(Instant moment) {
            return new World(name, speed, wiring, secrets, knownHosts, pins, broker, moment);
        }
    }

    /** Where the journal comes from. */
    @FunctionalInterface
    interface Journals {
        Journal open(Path folder, InstantSource clock);
    }

    private final ExecutorService executor = Executors.newFixedThreadPool(8, task -> {
        Thread thread = new Thread(task, "run");
        thread.setDaemon(true);
        return thread;
    });
    /** Waits for answers of targets' interfaces: as many threads as there are calls, so that none waits for another's. */
    private final ExecutorService callers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "call");
        thread.setDaemon(true);
        return thread;
    });

    private final Journal journal;
    private final KeptSsh ssh;
    private final Engine engine;
    final Runs runs;
    final Standing standing;
    final PowerWatch power;
    /** Completes once connections stand and everything was looked at, where that was possible. */
    final CompletionStage<Void> warmedUp;

    private final InForce contracts;
    private final FolderReload reload;
    private final List<Consumer<Contracts>> taken = new CopyOnWriteArrayList<>();
    private final String host;
    private final int port;
    private final String token;

    private Service(
            Settings settings, Home home, Declared declared, Function<Contracts, World> worlds, Journals journals) {
        this.host = settings.text("ridethrough.http.host");
        this.port = settings.port();
        this.token = home.tokenOrTemporary(told -> System.out.println("API token (for this process alone): " + told));
        World before = worlds.apply(declared.orNothing());
        WallTime time = new WallTime(before.speed(), before.since(), executor);
        this.journal = journals.open(home.folder(), time::now);
        Contracts first = inUse(declared, journal);
        this.contracts = new InForce(first);
        World world = worlds.apply(first);
        NewestPins pins = new NewestPins(world.pins());
        this.standing = new Standing(journal);
        if (journal.unavailable().isEmpty()) {
            standing.followArmed(armedFile(settings, home)::write);
        }
        RememberedSecrets secrets = new RememberedSecrets(world.secrets());
        secrets.fetch(SecretCheck.names(first));
        standing.whenArmed(site -> secrets.fetch(SecretCheck.names(contracts.get())));
        Rerouted wiring = new Rerouted(world.wiring(), contracts);
        SshHosts hosts = SshHosts.of(first);
        this.ssh = new KeptSsh(
                hosts, secrets, world.knownHosts(), wiring, SshLimits.standard().faster(world.speed()), time::nanos);
        this.engine =
                new Engine(new Engine.Settings(settings.path("ridethrough.routes"), settings.values(), host, port));
        SshRoutes sshRoutes = new SshRoutes(engine.context(), ssh, world.speed());
        Shell shell = new RoutedShell(engine.context());
        RoutedHttps https = new RoutedHttps(engine.context(), wiring, pins, time, callers, world.speed());
        ApiWay api = new ApiWay(https, secrets, time);
        RoutedWays<Node, NodeAsk> nodes = Targets.nodes(engine.context(), first, api, new SshWay(shell));
        DsmWay dsm = new DsmWay(https, secrets);
        RoutedWays<Nas, NasAsk> nases = Targets.nases(engine.context(), first, dsm, new NasSshWay(shell));
        IntegrationWay integration = new IntegrationWay(https, secrets);
        ClassicWay classic = new ClassicWay(https, secrets);
        RoutedWays<UnifiController, UnifiAsk> controllers =
                Targets.controllers(engine.context(), first, integration, classic);
        RedfishWay redfish = new RedfishWay(https, secrets);
        RoutedWays<WakeWay.Management, RedfishAsk> managements = Targets.managements(engine.context(), first, redfish);
        PowerSources sources = new PowerSources(world.broker(), wiring, secrets, pins, world.speed());
        RoutedWays<WakeWay.Plug, PlugAsk> plugs = Targets.plugs(
                engine.context(),
                first,
                new PlugWay(new BrokerTalk(wiring, sources.brokers(), callers), world.speed()));
        RetainedMessages brokers = new RetainedMessages(wiring, sources.brokers(), callers);
        HomeLogins homeLogins = new HomeLogins(secrets);
        RoutedWays<HomeAssistant, HomeAsk> homes = Targets.homes(
                engine.context(),
                first,
                new RestWay(https, homeLogins),
                new SocketWay(wiring, pins, homeLogins, callers, world.speed()));
        Dashboards dashboards =
                new Dashboards(contracts, homes, new DashboardShelf(home.dashboards()), InstantSource.system());
        Knock knock = new SocketKnock(wiring, time);
        NameQuery names = new NameQuery(wiring, executor);
        HttpProbes http = new HttpProbes(engine.context());
        SiteDocuments documents = new SiteDocuments(executor, InstantSource.system());
        Evaluation evaluation = new Evaluation(
                contracts,
                new StandardLooks(
                        contracts,
                        new StandardLooks.Ways(
                                shell,
                                nodes,
                                nases,
                                controllers,
                                dashboards.keeping(),
                                knock,
                                names,
                                new Probes(shell, knock, http, names, time),
                                documents::look,
                                brokers,
                                new PatientPace(time, world.speed()),
                                time::now)),
                InstantSource.system());
        GuardedPorts ports = new GuardedPorts(controllers, contracts, held(standing), new OwnMacs());
        TargetHands hands = new TargetHands(
                new Tools(
                        contracts,
                        shell,
                        nodes,
                        nases,
                        homes,
                        host -> ssh.link(host).closedByPeerAt(),
                        knock,
                        new Waker(wiring, time),
                        new Probes(shell, knock, http, names, time),
                        https,
                        secrets,
                        sources::client,
                        executor,
                        time),
                new OwnBoot(settings.path("ridethrough.boot-id")),
                new PowerPaths(
                        managements,
                        ports::cycle,
                        ports::restart,
                        controllers::ask,
                        new GuardedPlugs(plugs, contracts, held(standing))),
                evaluation::one,
                new BeforeDown(dashboards::keep, standing, held(standing)));
        this.power = new PowerWatch(contracts, journal, standing, time);
        Escalated escalated =
                new Escalated(new SupplyGate(new Experienced(Planner::plan, new Durations(journal)), power), journal);
        this.runs = new Runs(
                new WindowHalves(escalated, journal),
                contracts,
                journal,
                standing,
                hands,
                power::notSafe,
                time,
                executor,
                world.name());
        runs.whenDenied(power::denied);
        power.steers(runs::callOff, runs::lasts);
        wiring.follow(runs::addresses);
        runs.whenMoved(asset -> DeclaredHosts.of(contracts.get(), asset).forEach(ssh::leave));
        engine.bind("runs", runs);
        engine.bind("power", power);
        Tokens tokens = new Tokens(Tokens.digestOf(token));
        Breakers breakers = sshRoutes.breakers();
        breakers.limit("ssh", SshLimits.standard().sideBySide());
        List<RoutedWays<?, ?>> targets = List.of(nodes, nases, controllers, managements, plugs, homes);
        List.of(nodes, nases, controllers, managements).forEach(ways -> ways.bound(breakers, RoutedHttps.sideBySide()));
        // A question to these is a connection of its own, which no pool bounds.
        List.of(plugs, homes)
                .forEach(ways ->
                        ways.bulkhead(breakers, RoutedHttps.sideBySide(), new PatientPace(time, world.speed())));
        ReadyTrials.Reach reach = new ReadyTrials.Reach(wiring, pins, world.secrets(), callers);
        ReadyTrials trials = new ReadyTrials(
                contracts,
                new ReadyTrials.Ways(
                        nodes, nases, controllers, managements, plugs, homes, shell, brokers, sources, power),
                reach);
        ReadyExpiries expiries = new ReadyExpiries(contracts, reach, sources, shell);
        Consumer<AssetId> forgives = target -> Stream.<Consumer<AssetId>>of(
                        api::forgive,
                        dsm::forgive,
                        integration::forgive,
                        classic::forgive,
                        redfish::forgive,
                        homeLogins::forgive)
                .forEach(way -> way.accept(target));
        ReadyApi ready = new ReadyApi(
                tokens,
                () -> contracts.get().sites().keySet(),
                new ReadyToAct(trials::of, expiries::of, forgives, InstantSource.system()));
        engine.bind("ready", ready);
        StandardApi standard = new StandardApi(tokens, evaluation, new StandardReceipts(journal, world.name()));
        engine.bind("standard", standard);
        engine.bind("dashboards", new DashboardsApi(tokens, dashboards, journal, world.name(), InstantSource.system()));
        Anchors anchors = new Anchors(journal);
        engine.bind("receipts", new ReceiptsApi(tokens, journal, anchors::all, world.name()));
        DrillReceipts drills = new DrillReceipts(new DrillBook(home.rehearsals()), journal);
        if (journal.unavailable().isEmpty()) {
            drills.takeIn();
            standing.whenArmed(site -> drills.takeIn());
        }
        engine.bind("health", new Health(tokens, breakers, ready, standard, world.name()));
        engine.bind(
                "api",
                new Api(
                        tokens,
                        contracts,
                        runs,
                        standing,
                        journal,
                        engine.starts(),
                        power,
                        new Armings(journal, drills.book()),
                        world.name()));
        engine.bind("httpProbes", http);
        engine.bind("wiredHttp", new WiredHttp(wiring));
        PackTimes packs = new PackTimes(engine.context(), standard, journal);
        PowerRoutes powerRoutes = new PowerRoutes(engine.context(), sources, power, homes);
        WindowRoutes windows = new WindowRoutes(
                engine.context(), new MaintenanceWindows(contracts, journal, standing, InstantSource.system()));
        Escalations escalations = new Escalations(escalated::standing);
        List<FolderReload.Part> reaching = List.of(
                new FolderReload.Part(
                        "pins", now -> pins.replace(worlds.apply(now).pins())),
                new FolderReload.Part("secrets", now -> secrets.fetch(SecretCheck.names(now))),
                new FolderReload.Part("hosts", now -> {
                    SshHosts declaredHosts = SshHosts.of(now);
                    ssh.follow(declaredHosts);
                    sshRoutes.follow(declaredHosts.all());
                }),
                new FolderReload.Part("interfaces", now -> https.follow(roots(now))),
                new FolderReload.Part("targets", now -> targets.forEach(ways -> ways.follow(now))),
                new FolderReload.Part("probes", http::follow));
        List<FolderReload.Part> heeding = List.of(
                new FolderReload.Part("readings of UPSes", powerRoutes::follow),
                new FolderReload.Part("windows", windows::follow),
                new FolderReload.Part(
                        "packs", now -> packs.follow(now.standard().packs())),
                new FolderReload.Part(
                        "anchors", now -> anchors.follow(engine.context(), settings.receiptsAnchor(), now, sources)),
                new FolderReload.Part("escalations", now -> escalations.follow(engine.context(), now, sources)),
                new FolderReload.Part(
                        "documents", now -> documents.follow(SiteDocuments.folder(settings, now, home.documents()))));
        this.reload = new FolderReload(
                () -> new ContractFolder(settings.path("ridethrough.contracts")).held(),
                contracts,
                journal,
                runs,
                new FolderReload.Parts(
                        others -> objection(others, worlds),
                        Stream.concat(
                                        Stream.of(new FolderReload.Part("power", now -> power.follow())),
                                        reaching.stream())
                                .toList(),
                        Stream.concat(
                                        heeding.stream(),
                                        Stream.of(
                                                new FolderReload.Part("connections", now -> {
                                                    var unused = warmed(now, hands);
                                                }),
                                                new FolderReload.Part(
                                                        "break-glass", now -> taken.forEach(told -> told.accept(now)))))
                                .toList(),
                        gone -> standing.ready(gone, Standing.Readiness.WATCHING, "its contract is gone")));
        engine.bind("contracts", new ContractsApi(tokens, reload));
        try {
            engine.start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        reload.first(now -> {
            reaching.forEach(part -> part.follows().accept(now));
            engine.starts().resume(Resume.atStart());
            heeding.forEach(part -> part.follows().accept(now));
        });
        this.warmedUp = warmed(contracts.get(), hands);
    }

    /** Why those should not be taken now. */
    private Optional<String> objection(Contracts others, Function<Contracts, World> worlds) {
        Set<SiteId> away = power.inOutageAndOtherwise(others);
        if (!away.isEmpty()) {
            return Optional.of("the power of " + away + " is declared otherwise, and it is away there: wait until it is"
                    + " back, and all is up again");
        }
        try {
            var unused = worlds.apply(others).pins();
            return Optional.empty();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Map<AssetId, String> roots(Contracts contracts) {
        Map<AssetId, String> roots = new TreeMap<>();
        contracts.interfaces().forEach((target, access) -> roots.put(target, access.url()));
        return roots;
    }

    private CompletionStage<Void> warmed(Contracts now, Hands hands) {
        return new WarmUp(now, ssh, hands).play(SshHosts.of(now).ids(), standing.seen(), executor);
    }

    /** Starts everything; when it returns, the API answers and every trigger listens. */
    static Service start(Settings settings, Home home, Contracts contracts, World world) {
        return start(settings, home, Declared.of(contracts), at -> world);
    }

    /** The same, where the world is made once it is known which contracts count. */
    static Service start(Settings settings, Home home, Declared declared, Function<Contracts, World> worlds) {
        return start(
                settings,
                home,
                declared,
                worlds,
                (folder, clock) -> OpenedJournal.in(folder, armedFile(settings, home), clock));
    }

    /** The same with a journal of another kind. */
    static Service start(
            Settings settings, Home home, Declared declared, Function<Contracts, World> worlds, Journals journals) {
        settings.refuseTakenPort();
        return new Service(settings, home, declared, worlds, journals);
    }

    private static Predicate<AssetId> held(Standing standing) {
        return asset -> standing.holds().containsKey(asset);
    }

    private static ArmedFile armedFile(Settings settings, Home home) {
        String elsewhere = settings.values().getOrDefault("ridethrough.armed", "");
        return new ArmedFile(elsewhere.isEmpty() ? home.folder().resolve("armed") : settings.path("ridethrough.armed"));
    }

    private static Contracts inUse(Declared declared, Journal journal) {
        try {
            return ContractsInUse.of(declared, journal);
        } catch (UserError e) {
            journal.close();
            throw e;
        }
    }

    /** What this service goes by now. */
    Contracts contracts() {
        return contracts.get();
    }

    /** Asks to be told, from now on, of contracts that are taken while it runs. */
    void whenTaken(Consumer<Contracts> told) {
        taken.add(told);
    }

    /** Has sites that an open run held to other contracts go by those of the folder, once it has ended. */
    void catchUp() {
        reload.catchUp();
    }

    /** The runs that are open, oldest first. */
    List<String> openRuns() {
        return runs.progress().stream().map(Progress::run).toList();
    }

    /**
     * Why it should be started anew, now that no run is open: what it could not use when it was started can be used.
     * While a run is open, and while a receipt is in memory only, there is no reason.
     */
    Optional<String> renewal() {
        if (!openRuns().isEmpty() || !runs.unwritten().isEmpty()) {
            return Optional.empty();
        }
        return journal instanceof LateJournal late && late.hasOpened()
                ? Optional.of("the journal could be opened")
                : Optional.empty();
    }

    /** A client of this service's own API, for those in the same process. */
    ServiceClient client() {
        return new ServiceClient(host, port, token);
    }

    /** Where the API listens. */
    String address() {
        return "http://" + host + ":" + port;
    }

    @Override
    public void close() {
        engine.close();
        ssh.close();
        journal.close();
        executor.shutdown();
        callers.shutdownNow();
    }
}
