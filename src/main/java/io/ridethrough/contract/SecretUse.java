package io.ridethrough.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A secret that the contracts name, and what it is the way in to.
 *
 * @param name where it is kept; never what is in it
 */
public record SecretUse(AssetId asset, String name) {

    /** Every one of them, once for each asset that needs it. */
    public static List<SecretUse> of(Contracts contracts) {
        List<SecretUse> all = new ArrayList<>();
        contracts.interfaces().forEach((asset, access) -> all.add(new SecretUse(asset, access.secret())));
        contracts.plugs().forEach((asset, plug) -> named(asset, plug.secret()).forEach(all::add));
        for (Site site : contracts.sites().values()) {
            ssh(site).forEach(all::add);
            site.homeAssistant().ifPresent(home -> {
                all.add(new SecretUse(home.guest(), home.api().secret()));
                named(
                                home.guest(),
                                site.upkeep().home().flatMap(HomeHealth::zigbee).flatMap(HomeHealth.Zigbee::secret))
                        .forEach(all::add);
            });
            site.controllers().forEach(controller -> named(controller.runsOn(), controller.classicSecret())
                    .forEach(all::add));
            for (Ups ups : site.power().upses()) {
                named(ups.id(), ups.mqtt().flatMap(Ups.MqttSource::secret)).forEach(all::add);
                named(ups.id(), ups.nut().flatMap(Ups.NutSource::secret)).forEach(all::add);
            }
        }
        return all.stream().distinct().toList();
    }

    private static Stream<SecretUse> named(AssetId asset, Optional<String> name) {
        return name.map(secret -> new SecretUse(asset, secret)).stream();
    }

    private static Stream<SecretUse> ssh(Site site) {
        return Stream.of(
                        site.nodes().stream()
                                .map(node -> new SecretUse(node.id(), node.ssh().identity())),
                        site.nases().stream()
                                .map(nas -> new SecretUse(nas.id(), nas.ssh().identity())),
                        site.guests().stream()
                                .flatMap(guest -> named(guest.id(), guest.ssh().map(SshAccess::identity))))
                .flatMap(all -> all);
    }
}
