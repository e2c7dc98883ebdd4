package io.ridethrough.contract.load;

import io.ridethrough.contract.Control;
import io.ridethrough.contract.Pack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Packs, with every reason why one cannot be used: what it names must be there, and it must hold something. */
final class PackBinding {
    private final Collection<Control> controls;
    private final Reports reports;

    PackBinding(Collection<Control> controls, Reports reports) {
        this.controls = controls;
        this.reports = reports;
    }

    List<Pack> packs(At root) {
        List<Pack> packs = new ArrayList<>();
        Set<String> ids = new TreeSet<>();
        for (At at : root.items("packs")) {
            Pack pack = pack(at);
            if (!ids.add(pack.id())) {
                reports.error(at.get("id"), "pack " + Words.quoted(pack.id()) + " is here twice", "name it otherwise");
            }
            if (controls.stream().noneMatch(pack::holds)) {
                reports.error(
                        at, "pack " + Words.quoted(pack.id()) + " holds no control", "name domains, controls or asks");
            }
            packs.add(pack);
        }
        return packs;
    }

    private Pack pack(At at) {
        Set<String> domains = controls.stream().map(Control::domain).collect(Collectors.toCollection(TreeSet::new));
        Set<String> ids = controls.stream().map(Control::id).collect(Collectors.toCollection(TreeSet::new));
        Set<String> words = Arrays.stream(Control.Ask.values())
                .map(Control.Ask::word)
                .collect(Collectors.toCollection(TreeSet::new));
        SiteRules.cron(at.get("cron"), reports);
        return new Pack(
                at.text("id", ""),
                at.text("title", ""),
                known(at, "domains", "domain", domains),
                known(at, "controls", "control", ids),
                known(at, "asks", "way to ask", words).stream()
                        .map(word -> Control.Ask.valueOf(
                                word.toUpperCase(Locale.ROOT).replace('-', '_')))
                        .collect(Collectors.toSet()),
                at.text("cron", ""),
                at.is("after-startup", false) ? Pack.AfterStartup.EVALUATED : Pack.AfterStartup.LEFT_OUT,
                at.doc().text().shown() + ":" + at.place().line());
    }

    /** Those of a list that are there; the others are reported. */
    private Set<String> known(At at, String key, String what, Set<String> all) {
        Set<String> found = new TreeSet<>();
        for (At item : at.items(key)) {
            String word = item.text().orElse("");
            if (all.contains(word)) {
                found.add(word);
            } else {
                reports.error(
                        item,
                        "there is no " + what + " " + Words.quoted(word),
                        Words.meant(word, all, "one of " + String.join(", ", all)));
            }
        }
        return found;
    }
}
