package io.ridethrough.contract.load;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Power;
import io.ridethrough.contract.Ups;
import io.ridethrough.contract.WakeWay;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the records of a site's power. */
final class PowerBinding {
    /** NUT's names, which bridges of the plain formats keep (protocols 6). */
    private static final Map<String, String> NUT = Map.of(
            "status", "ups.status", "charge", "battery.charge", "runtime", "battery.runtime", "load", "ups.load");

    private final SiteDocs site;
    private final Map<AssetId, List<WakeWay>> wake = new HashMap<>();

    PowerBinding(SiteDocs site) {
        this.site = site;
        for (At one : site.list("power", "wake")) {
            AssetId asset = References.id(site.id(), one.text("asset", ""));
            wake.put(
                    asset,
                    one.items("ways").stream().map(way -> way(asset, way)).toList());
        }
    }

    /** The ways to energise that asset, in order; none when only a person can. */
    List<WakeWay> wake(AssetId asset) {
        return wake.getOrDefault(asset, List.of());
    }

    private WakeWay way(AssetId asset, At at) {
        if (at.get("unaided").present()) {
            String by = at.get("unaided").text("by", "");
            return new WakeWay.Unaided(
                    WakeWay.By.valueOf(by.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        At management = at.get("management");
        if (management.present()) {
            AssetId controller =
                    References.id(site.id(), management.get("controller")).orElseThrow();
            return new WakeWay.Management(
                    controller,
                    management.text("system", "System.Embedded.1"),
                    InterfaceBinding.management(management, address(controller), site.id()));
        }
        At cycle = at.get("power-cycle");
        if (cycle.present()) {
            return new WakeWay.PoweredPort(
                    References.id(site.id(), cycle.get("controller")).orElseThrow(),
                    mac(References.id(site.id(), cycle.get("switch")).orElseThrow()),
                    cycle.integer(cycle.get("outlet").present() ? "outlet" : "port", 0),
                    cycle.get("outlet").present() ? WakeWay.Feed.OUTLET : WakeWay.Feed.PORT);
        }
        At alarm = at.get("alarm-clock");
        if (alarm.present()) {
            return new WakeWay.AlarmClock(
                    Durations.of(alarm, "after", "30m"), alarm.get("outage").present());
        }
        if (at.get("plug").present()) {
            return plug(asset, at.get("plug"));
        }
        At packet = at.get("wake-on-lan");
        return new WakeWay.WakeOnLan(
                packet.texts("macs"),
                packet.text("broadcast", ""),
                packet.integer("port", 9),
                References.id(site.id(), packet.get("from")));
    }

    private WakeWay.Plug plug(AssetId feeds, At plug) {
        WakeWay.PlugKind kind = WakeWay.PlugKind.valueOf(
                plug.text("kind", "").toUpperCase(Locale.ROOT).replace('-', '_'));
        int first = kind == WakeWay.PlugKind.TASMOTA ? 1 : 0;
        return new WakeWay.Plug(
                References.id(site.id(), plug.get("device")).orElseThrow(),
                feeds,
                plug.text("broker", ""),
                plug.text("secret"),
                kind,
                plug.text("topic", ""),
                plug.integer("output", first),
                plug.get("force").present(),
                plug.get("off-below").present()
                        ? OptionalDouble.of(plug.get("off-below").node().asDouble())
                        : OptionalDouble.empty(),
                InterfaceBinding.tls(plug));
    }

    private String address(AssetId device) {
        return device(device)
                .flatMap(one -> one.text("address").stream())
                .findFirst()
                .orElse("");
    }

    private String mac(AssetId device) {
        return device(device)
                .flatMap(one -> one.texts("macs").stream())
                .findFirst()
                .orElse("")
                .toLowerCase(Locale.ROOT);
    }

    private Stream<At> device(AssetId device) {
        return site.list("network", "devices").stream()
                .filter(one -> References.own(site.id(), one).equals(device));
    }

    Power bind() {
        Map<AssetId, Set<AssetId>> fedBy = new HashMap<>();
        Map<AssetId, Integer> minimum = new HashMap<>();
        for (At supply : site.list("power", "supplies")) {
            AssetId asset = References.id(site.id(), supply.text("asset", ""));
            fedBy.put(asset, References.ids(site.id(), supply.items("fed-by")));
            if (supply.get("minimum").present()) {
                minimum.put(asset, supply.integer("minimum", 1));
            }
        }
        At policy = site.file("power").get("policy");
        return new Power(
                site.list("power", "upses").stream().map(this::ups).toList(),
                fedBy,
                minimum,
                new Power.Policy(
                        Durations.of(policy, "outage-hold", "60s"),
                        Durations.of(policy, "return-hold", "300s"),
                        policy.integer("return-charge", 50),
                        Durations.of(policy, "dead-time", "15s"),
                        Durations.of(policy, "single-witness-delay", "10s"),
                        policy.text("on-return", "turn-around").equals("finish-domain")
                                ? Power.OnReturn.FINISH_DOMAIN
                                : Power.OnReturn.TURN_AROUND,
                        Power.Start.valueOf(policy.text("start", "after-hold")
                                .toUpperCase(Locale.ROOT)
                                .replace('-', '_')),
                        Durations.of(policy, "max-dark", "45m"),
                        Durations.of(policy, "defer", "0s")),
                site.list("power", "shed").stream()
                        .map(group -> shed(group, policy.text("outage-hold", "60s")))
                        .toList());
    }

    private Power.Shed shed(At group, String hold) {
        return new Power.Shed(
                group.text("id", ""),
                References.ids(site.id(), group.items("guests")),
                Durations.of(group, "after", hold),
                group.text("below").flatMap(Durations::parse));
    }

    private Ups ups(At at) {
        return new Ups(
                References.own(site.id(), at),
                References.title(at),
                at.get("mqtt").present() ? Optional.of(mqtt(at.get("mqtt"))) : Optional.empty(),
                at.get("nut").present() ? Optional.of(nut(at)) : Optional.empty(),
                References.id(
                                site.id(),
                                site.file("home-assistant")
                                        .get("home-assistant")
                                        .get("guest"))
                        .filter(guest -> at.get("home-assistant").present())
                        .map(guest -> home(guest, at.get("home-assistant"))),
                Durations.of(at, "runtime", "0s"),
                at.get("cut-off").text("delay").flatMap(Durations::parse));
    }

    private static Ups.NutSource nut(At ups) {
        At at = ups.get("nut");
        return new Ups.NutSource(
                at.text("host", ""),
                at.integer("port", 3493),
                at.text("name", ups.text("id", "")),
                at.text("secret"),
                Durations.of(at, "every", "5s"),
                InterfaceBinding.tls(at));
    }

    private static Ups.HomeSource home(AssetId guest, At at) {
        return new Ups.HomeSource(
                guest,
                map(at.get("entities")),
                map(at.get("words")),
                runtimeUnit(at),
                Durations.of(at, "every", "10s"));
    }

    private static Duration runtimeUnit(At bridge) {
        return bridge.text("runtime-unit", "seconds").equals("minutes") ? Duration.ofMinutes(1) : Duration.ofSeconds(1);
    }

    private static Ups.MqttSource mqtt(At mqtt) {
        String every = mqtt.text("publishes", "on-change").replace("every ", "");
        return new Ups.MqttSource(
                mqtt.text("broker", ""),
                mqtt.text("secret"),
                Ups.Format.valueOf(mqtt.text("format", "").toUpperCase(Locale.ROOT)),
                mqtt.text("topic", ""),
                mqtt.get("variables").present() ? map(mqtt.get("variables")) : NUT,
                map(mqtt.get("words")),
                runtimeUnit(mqtt),
                every.equals("on-change") ? Optional.empty() : Durations.parse(every),
                mqtt.text("receipts"),
                mqtt.text("escalations"),
                InterfaceBinding.tls(mqtt));
    }

    private static Map<String, String> map(At at) {
        Map<String, String> map = new LinkedHashMap<>();
        at.node().fieldNames().forEachRemaining(key -> {
            if (!key.equals("assumed")) {
                map.put(key, at.text(key, ""));
            }
        });
        return map;
    }
}
