package io.ridethrough.lab;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.HomeHealth;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Ups;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.lab.host.Condition;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.LabClock;
import io.ridethrough.lab.host.LabDsm;
import io.ridethrough.lab.host.LabEvent;
import io.ridethrough.lab.host.LabEvents;
import io.ridethrough.lab.host.LabGuest;
import io.ridethrough.lab.host.LabHomeAssistant;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.lab.host.LabModel;
import io.ridethrough.lab.host.LabProxmox;
import io.ridethrough.lab.host.LabRedfish;
import io.ridethrough.lab.host.LabUnifi;
import io.ridethrough.lab.net.LabBroker;
import io.ridethrough.lab.net.LabNut;
import io.ridethrough.lab.net.LabPlug;
import io.ridethrough.lab.net.LabUps;
import io.ridethrough.lab.net.LabZigbee;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A running simulated world made from contracts: everything declared is up, on loopback ports of its own, and behaves as
 * protocols 1.6, 2.4, 6, 9 and 10 say. Thread-safe; everything ends with {@link #close()}.
 */
public final class LabWorld implements AutoCloseable {
    private final Contracts contracts;
    private final LabClock clock;
    private final LabEvents events;
    private final LabModel model;
    private final LabStreets streets;
    private final Map<String, LabBroker> brokers = new LinkedHashMap<>();
    private final Map<AssetId, LabUps> upses = new TreeMap<>();
    private final Map<SiteId, LabZigbee> zigbees = new TreeMap<>();
    private final Map<AssetId, LabPlug> plugs = new TreeMap<>();

    private LabWorld(Contracts contracts, LabOptions options) {
        this.contracts = contracts;
        try {
            Files.createDirectories(options.stateDir());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        clock = new LabClock(options.speed());
        events = new LabEvents(options.stateDir().resolve("events.log"));
        model = new LabModel(contracts, clock, events);
        streets = new LabStreets(model, clock, options.stateDir());
    }

    /** Starts the world; returns when every port listens and every UPS has published. */
    public static LabWorld start(Contracts contracts, LabOptions options) {
        LabWorld world = new LabWorld(contracts, options);
        try {
            world.open();
        } catch (RuntimeException e) {
            world.close();
            throw e;
        }
        return world;
    }

    private void open() {
        clock.settle(streets::open);
        for (Site site : contracts.sites().values()) {
            for (Ups ups : site.power().upses()) {
                Optional<String> broker = ups.mqtt().map(mqtt -> open(mqtt.broker()));
                LabUps simulated = new LabUps(ups, broker, clock, events);
                upses.put(ups.id(), simulated);
                ups.home().ifPresent(source -> home(source.guest()).shows(simulated::entities));
                ups.nut().ifPresent(nut -> streets.nut(nut).serves(nut.name(), driver(ups.id(), simulated)));
            }
            contracts.plugs().values().stream()
                    .filter(plug -> plug.device().site().equals(site.id()))
                    .forEach(plug -> plugs.put(plug.device(), new LabPlug(plug, open(plug.broker()), outlet(plug))));
            site.upkeep()
                    .home()
                    .flatMap(HomeHealth::zigbee)
                    .ifPresent(zigbee -> zigbees.put(site.id(), new LabZigbee(zigbee, open(zigbee.broker()))));
        }
        clock.afterEach(this::bringInLine);
        clock.settle(() -> {});
    }

    private LabNut.Driver driver(AssetId id, LabUps ups) {
        return new LabNut.Driver() {
            @Override
            public Map<String, String> variables() {
                return clock.ask(ups::variables);
            }

            @Override
            public void cutsIn(Duration delay) {
                clock.settle(() -> ups.cutsIn(delay));
            }

            @Override
            public void keepsOn() {
                clock.settle(ups::keepsOn);
            }

            @Override
            public boolean fails(Fault.Interface.How how) {
                return model.fails(id, how);
            }

            @Override
            public boolean isWrongOnce() {
                return model.isWrongOnce(id);
            }

            @Override
            public void late(Runnable answer) {
                model.late(answer);
            }
        };
    }

    private LabPlug.Outlet outlet(WakeWay.Plug plug) {
        return new LabPlug.Outlet() {
            @Override
            public boolean isOn() {
                return model.isPluggedIn(plug.feeds());
            }

            @Override
            public double watts() {
                return model.watts(plug.feeds());
            }

            @Override
            public void turn(boolean on) {
                events.note(
                        plug.device(), "plug", on ? "on" : "off", plug.feeds().toString(), "call");
                model.plug(plug.feeds(), on);
            }

            @Override
            public boolean fails(Fault.Interface.How how) {
                return model.fails(plug.device(), how);
            }

            @Override
            public boolean isWrongOnce() {
                return model.isWrongOnce(plug.device());
            }

            @Override
            public void late(Runnable answer) {
                model.late(answer);
            }

            @Override
            public void soon(Runnable work) {
                clock.run(work);
            }
        };
    }

    private String open(String declared) {
        LabBroker broker = brokers.computeIfAbsent(declared, streets::newBroker);
        broker.start();
        streets.broker(declared, broker);
        return broker.uri();
    }

    private void bringInLine() {
        model.powerLeft(withoutPower());
        streets.comply();
        plugs.values().forEach(LabPlug::comply);
    }

    private Set<AssetId> withoutPower() {
        return contracts.sites().values().stream()
                .map(Site::power)
                .flatMap(power -> power.fedBy().entrySet().stream()
                        .filter(fed -> fed.getValue().stream()
                                        .filter(supply -> !upses.containsKey(supply)
                                                || upses.get(supply).feeds())
                                        .count()
                                < power.minimum().getOrDefault(fed.getKey(), 1))
                        .map(Map.Entry::getKey))
                .collect(Collectors.toSet());
    }

    /** Where the declared addresses are now. */
    public LabWiring wiring() {
        return streets.wiring(brokers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().served())));
    }

    /** The hosts' own log so far, oldest first. */
    public List<LabEvent> events() {
        return events.all();
    }

    /** What no correct run causes, for example a host that went down under a running guest. */
    public List<LabEvent> violations() {
        return events.all().stream().filter(e -> e.what().equals("violation")).toList();
    }

    /** Every command by which something was to go down, as its host noted it, with how often it came. */
    public Map<String, Long> takenDown() {
        return events.all().stream()
                .filter(LabEvent::toldToGoDown)
                .map(event -> String.join(" ", event.host(), event.command(), event.verb(), event.id()))
                .collect(Collectors.groupingBy(command -> command, TreeMap::new, Collectors.counting()));
    }

    /** The UPS of that id. */
    public LabUps ups(AssetId id) {
        return Optional.ofNullable(upses.get(id)).orElseThrow(() -> new IllegalArgumentException("no UPS " + id));
    }

    /**
     * Whether anything still comes out of any UPS of a site. Once this says no, what they alone fed is off, and the
     * hosts' own log tells what was lost by it.
     */
    public boolean feeds(SiteId site) {
        return clock.ask(() -> upses(site).stream().anyMatch(LabUps::feeds));
    }

    /** The UPSes of a site. */
    public List<LabUps> upses(SiteId site) {
        return upses.values().stream()
                .filter(ups -> ups.id().site().equals(site))
                .toList();
    }

    /** The broker that stands for a declared URI. */
    public LabBroker broker(String declared) {
        return Optional.ofNullable(brokers.get(declared))
                .orElseThrow(() -> new IllegalArgumentException("no broker " + declared));
    }

    /** Whether the asset answers now. */
    public boolean isUp(AssetId id) {
        return clock.ask(() -> model.isUp(id));
    }

    /** Whether the node reports the guest running. */
    public boolean isRunning(AssetId guest) {
        return clock.ask(() -> model.guest(guest).map(LabGuest::isRunning).orElse(false));
    }

    /** Every line that a node, NAS or guest was sent over SSH, each once. */
    public Set<String> told(AssetId machine) {
        return model.told(machine);
    }

    /** What the power state of a node or NAS is. */
    public LabHost.State power(AssetId host) {
        return clock.ask(() -> model.host(host)
                .map(LabHost::state)
                .orElseThrow(() -> new IllegalArgumentException("no node or NAS " + host)));
    }

    /** The API of a node that declares one. */
    public LabProxmox proxmox(AssetId node) {
        return streets.interfaces().proxmox(node);
    }

    /** The DSM of a NAS that declares one. */
    public LabDsm dsm(AssetId nas) {
        return streets.interfaces().dsm(nas);
    }

    /** The UniFi controller that runs on that asset. */
    public LabUnifi unifi(AssetId runsOn) {
        return streets.interfaces().unifi(runsOn);
    }

    /** The management controller that is that device. */
    public LabRedfish redfish(AssetId controller) {
        return streets.interfaces().redfish(controller);
    }

    /** The Home Assistant in that guest. */
    public LabHomeAssistant home(AssetId guest) {
        return streets.interfaces().home(guest);
    }

    /** The Zigbee2MQTT of that site, which declares one. */
    public LabZigbee zigbee(SiteId site) {
        return Optional.ofNullable(zigbees.get(site))
                .orElseThrow(() -> new IllegalArgumentException("no Zigbee2MQTT at " + site));
    }

    /** The smart plug that is that device. */
    public LabPlug plug(AssetId device) {
        return Optional.ofNullable(plugs.get(device))
                .orElseThrow(() -> new IllegalArgumentException("no plug " + device + " is declared"));
    }

    /** Somebody switches a smart plug by its button. */
    public void switchPlug(AssetId device, boolean on) {
        clock.settle(() -> model.plug(
                Optional.ofNullable(contracts.plugs().get(device)).orElseThrow().feeds(), on));
    }

    /**
     * Makes {@code asset} fail in this way until healed.
     *
     * @throws IllegalArgumentException where nothing of the lab would heed that
     */
    public void fault(AssetId asset, Fault fault) {
        Failings.of(contracts, asset).require(fault);
        clock.settle(() -> model.set(asset, fault));
    }

    /** The guest's node backs it up for that long, as its own schedule would have it. */
    public void backUp(AssetId guest, Duration takes) {
        clock.settle(() -> model.backUp(guest, takes));
    }

    /** Somebody has the high availability of its cluster look after that guest. */
    public void lookAfter(AssetId guest) {
        lookAfter(guest, "started");
    }

    /** The same, in the state that is asked for: {@code started}, {@code stopped}, {@code ignored}, {@code disabled}. */
    public void lookAfter(AssetId guest, String state) {
        clock.settle(() -> model.lookAfter(guest, state));
    }

    /** The state that high availability is asked for it now; empty when it does not look after the guest. */
    public Optional<String> askedFor(AssetId guest) {
        return clock.ask(() -> model.askedFor(guest));
    }

    /** Somebody gives the guest a place in its node's own order, as {@code order=1,up=30,down=120}. */
    public void startUpBy(AssetId guest, String order) {
        clock.settle(() -> model.startUpBy(guest, order));
    }

    /** Has that be amiss on a node or guest, or well again, while everything else of it goes on. */
    public void amiss(AssetId machine, Condition condition, boolean is) {
        clock.settle(() -> model.amiss(machine, condition, is));
    }

    /** Ends the fault of {@code asset}. */
    public void heal(AssetId asset) {
        clock.settle(() -> model.heal(asset));
    }

    /** A person pulls the plug of a node or NAS, and puts it back. */
    public void pullPlug(AssetId host) {
        clock.settle(() -> model.pullPlug(host));
    }

    /** A person presses the power button of a node or NAS that is off. */
    public void pressPowerButton(AssetId host) {
        clock.settle(() -> model.pressPowerButton(host));
    }

    @Override
    public void close() {
        upses.values().forEach(LabUps::close);
        zigbees.values().forEach(LabZigbee::close);
        plugs.values().forEach(LabPlug::close);
        clock.close();
        streets.close();
        brokers.values().forEach(LabBroker::close);
        events.close();
    }
}
