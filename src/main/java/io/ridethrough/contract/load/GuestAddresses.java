package io.ridethrough.contract.load;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Every address at which a guest of a site is known, by declaration or by its own probes. */
final class GuestAddresses {
    private final Map<String, Declared> known = new HashMap<>();

    GuestAddresses(SiteDocs site, Names names) {
        for (Declared one : names.all()) {
            if (one.kind() == Kind.GUEST && one.site().equals(site.id())) {
                one.at().text("address").ifPresent(a -> known.put(a, one));
                one.at().get("ssh").text("host").ifPresent(a -> known.put(a, one));
            }
        }
        for (At probe : site.list("services", "probes")) {
            Optional<Declared> about =
                    probe.text("asset").flatMap(a -> names.find(site.id(), a)).filter(d -> d.kind() == Kind.GUEST);
            about.ifPresent(guest -> {
                probe.get("tcp").text("host").ifPresent(a -> known.putIfAbsent(a, guest));
                probe.get("dns").text("server").ifPresent(a -> known.putIfAbsent(a, guest));
            });
        }
    }

    /** The guest at that address. */
    Optional<Declared> at(String address) {
        return Optional.ofNullable(known.get(address));
    }

    /** The guest in which the broker of that URL runs. */
    Optional<Declared> ofBroker(String url) {
        String rest = url.substring(url.indexOf("//") + (url.contains("//") ? 2 : 1));
        int colon = rest.indexOf(':');
        return at(colon < 0 ? rest : rest.substring(0, colon));
    }
}
