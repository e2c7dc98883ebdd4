package io.ridethrough.drill;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Site;
import io.ridethrough.lab.host.LabEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the simulated hosts of a site noted themselves. Times are simulated seconds since the mains failed. Pure. */
final class HostLog {
    private final Site site;
    private final List<LabEvent> events;
    private final double speed;

    /** @param all from right before the mains failed, of every site */
    HostLog(Site site, List<LabEvent> all, double speed) {
        this.site = site;
        this.events = all.stream().filter(event -> at(event.host(), site)).toList();
        this.speed = speed;
    }

    private static boolean at(String host, Site site) {
        return host.startsWith(site.id() + "/");
    }

    /** When the node or NAS was told to go off. */
    Optional<Double> toldOff(AssetId host) {
        return first(host, "poweroff", "begin");
    }

    /** When the node or NAS was off, by being told. */
    Optional<Double> off(AssetId host) {
        return first(host, "poweroff", "end");
    }

    /** When the last node or NAS was off by being told. */
    Optional<Double> allOff() {
        return events.stream()
                .filter(event -> event.verb().equals("poweroff") && event.what().equals("end"))
                .map(this::seconds)
                .reduce(Math::max);
    }

    /** When the last supply had its mains back. */
    Optional<Double> mainsBack() {
        return events.stream()
                .filter(event -> event.command().equals("mains") && event.verb().equals("restore"))
                .map(this::seconds)
                .reduce(Math::max);
    }

    /** Whether a battery ran empty. */
    boolean empty() {
        return events.stream()
                .anyMatch(event ->
                        event.command().equals("battery") && event.verb().equals("empty"));
    }

    /** The machines that lost their power while they ran, guests with their nodes. */
    Set<AssetId> lost() {
        Set<AssetId> lost = new LinkedHashSet<>();
        events.stream().filter(event -> event.verb().equals("lost")).forEach(event -> {
            if (event.command().equals("power")) {
                lost.add(AssetId.parse(event.host()));
            } else {
                guest(event).ifPresent(lost::add);
            }
        });
        return lost;
    }

    /** What went down under something that still needed it, a sentence each. */
    List<String> outOfOrder() {
        List<String> wrong = new ArrayList<>();
        for (LabEvent event : events) {
            if (event.verb().equals("still-running")) {
                wrong.add(guest(event).map(AssetId::toString).orElse("guest " + event.id()) + " still ran when "
                        + event.host() + " went off");
            } else if (event.verb().equals("still-mounted")) {
                wrong.add(event.id() + " still had its mount when " + event.host() + " went off");
            }
        }
        return wrong;
    }

    /** The commands to go down that came more than once. */
    List<String> twice() {
        Map<String, Long> counted = events.stream()
                .filter(LabEvent::toldToGoDown)
                .collect(Collectors.groupingBy(
                        event -> event.verb() + " of " + name(event) + " by " + event.command(),
                        TreeMap::new,
                        Collectors.counting()));
        return counted.entrySet().stream()
                .filter(command -> command.getValue() > 1)
                .map(command -> command.getKey() + " came " + command.getValue() + " times")
                .toList();
    }

    /** What was told to go down at all. */
    List<String> takenDown() {
        return events.stream()
                .filter(LabEvent::toldToGoDown)
                .map(event -> event.verb() + " of " + name(event))
                .distinct()
                .toList();
    }

    /** The guests that were stopped by force. */
    Set<AssetId> forced() {
        Set<AssetId> forced = new LinkedHashSet<>();
        events.stream()
                .filter(event -> event.verb().equals("stop") && event.what().equals("begin"))
                .forEach(event -> guest(event).ifPresent(forced::add));
        return forced;
    }

    /** Whether the asset noted that it went down by being told: a machine its power-off, a guest its shutdown or stop. */
    boolean wentDown(AssetId asset) {
        return off(asset).isPresent()
                || events.stream()
                        .anyMatch(event -> event.wentDown()
                                && guest(event).filter(asset::equals).isPresent());
    }

    private String name(LabEvent event) {
        return guest(event).map(AssetId::toString).orElse(event.host());
    }

    private Optional<AssetId> guest(LabEvent event) {
        return site.guests().stream()
                .filter(guest -> guest.runsOn().toString().equals(event.host())
                        && Integer.toString(guest.vmid()).equals(event.id()))
                .map(Guest::id)
                .findFirst();
    }

    private Optional<Double> first(AssetId host, String verb, String what) {
        return events.stream()
                .filter(event -> event.host().equals(host.toString())
                        && event.verb().equals(verb)
                        && event.what().equals(what))
                .map(this::seconds)
                .findFirst();
    }

    private double seconds(LabEvent event) {
        long from = events.stream()
                .filter(one -> one.command().equals("mains") && one.verb().equals("cut"))
                .mapToLong(LabEvent::micros)
                .findFirst()
                .orElse(event.micros());
        return (event.micros() - from) / 1e6 * speed;
    }
}
