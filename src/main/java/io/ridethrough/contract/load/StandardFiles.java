package io.ridethrough.contract.load;

import io.ridethrough.contract.Acceptance;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Gap;
import io.ridethrough.contract.Pack;
import io.ridethrough.contract.Remedy;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Standard;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The controls, the deviations of sites and the ledger of gaps, with every reason why they cannot be used. */
final class StandardFiles {
    private final Expressions expressions;
    private final Reports reports;
    private final Map<String, Control> controls = new TreeMap<>();
    private final List<Acceptance> acceptances = new ArrayList<>();
    private final Map<Integer, Gap> gaps = new TreeMap<>();
    private final Map<SiteId, Set<String>> declared = new HashMap<>();
    private final Map<SiteId, Set<String>> undeclared = new HashMap<>();
    private final List<Pack> packs = new ArrayList<>();
    private final List<At> answered = new ArrayList<>();

    StandardFiles(Expressions expressions, Reports reports) {
        this.expressions = expressions;
        this.reports = reports;
    }

    void controls(Doc doc) {
        String file = doc.text().shown();
        String domain = file.substring(file.lastIndexOf('/') + 1).replace(".yaml", "");
        for (At at : doc.at().items("controls")) {
            if (usable(at)) {
                control(domain, at);
            }
        }
    }

    private static boolean usable(At at) {
        return at.text("id").isPresent()
                && known(Control.Kind.class, at.text("applies-to", ""))
                && known(Control.Ask.class, at.get("probe").text("ask", ""))
                && known(Control.Severity.class, at.text("severity", ""))
                && at.text("expect").isPresent();
    }

    private static <E extends Enum<E>> boolean known(Class<E> type, String word) {
        return List.of(type.getEnumConstants()).stream()
                .anyMatch(one -> one.name().equals(upper(word)));
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private void control(String domain, At at) {
        At probe = at.get("probe");
        Control control = new Control(
                at.text("id", ""),
                at.text("title", ""),
                at.text("why", ""),
                Control.Severity.valueOf(upper(at.text("severity", ""))),
                domain,
                Control.Kind.valueOf(upper(at.text("applies-to", ""))),
                at.integers("gaps"),
                new Control.Probe(
                        Control.Ask.valueOf(upper(probe.text("ask", ""))),
                        probe.texts("run"),
                        probe.text("name", ""),
                        Durations.of(probe, "limit", "10s")),
                at.text("expect", ""),
                at.text("remedy", ""),
                mends(at),
                gate(at),
                where(at));
        answered.addAll(at.items("gaps"));
        Control other = controls.putIfAbsent(control.id(), control);
        if (other != null) {
            reports.error(
                    at.get("id"),
                    "control " + Words.quoted(control.id()) + " is here twice",
                    "first at " + other.where());
        }
        if ((control.probe().ask() == Control.Ask.COMMAND)
                == control.probe().run().isEmpty()) {
            reports.error(probe, "run belongs to ask: command, and to nothing else", "say what it runs");
        }
        if ((control.probe().ask() == Control.Ask.DNS) == control.probe().name().isEmpty()) {
            reports.error(probe, "name belongs to ask: dns, and to nothing else", "say which name is asked");
        }
        At expect = at.get("expect");
        for (Expressions.Flaw flaw :
                expressions.check(control.kind(), control.probe().ask(), control.expect())) {
            reports.error(
                    expect.doc().text(),
                    within(expect, flaw),
                    "control " + Words.quoted(control.id()) + " cannot be evaluated: " + flaw.what(),
                    "mend the expression");
        }
    }

    /** Of a kind that mends what the control is about; units belong to units alone. */
    private Optional<Remedy> mends(At at) {
        At mends = at.get("mends");
        String word = mends.text("do", "");
        if (!known(Remedy.Kind.class, word)) {
            return Optional.empty();
        }
        Remedy remedy = new Remedy(Remedy.Kind.valueOf(upper(word)), mends.texts("units"));
        String needs = remedy.kind().appliesTo().word();
        if (!needs.equals(at.text("applies-to", ""))) {
            reports.error(mends.get("do"), Words.quoted(word) + " mends a " + needs, "apply the control to that");
        }
        boolean ofUnits =
                remedy.kind() == Remedy.Kind.RESTART_UNITS || remedy.kind() == Remedy.Kind.RESTART_FAILED_UNITS;
        boolean none = remedy.units().isEmpty();
        if ((!ofUnits && !none) || (remedy.kind() == Remedy.Kind.RESTART_UNITS && none)) {
            reports.error(mends, "units belong to what restarts units", "say which, or take them out");
        }
        return Optional.of(remedy);
    }

    /** A site as a whole is nothing that is taken down: its controls are no gates. */
    private Control.Gate gate(At at) {
        At before = at.get("gate").get("before");
        if (at.get("gate").node().isMissingNode()) {
            return Control.Gate.NONE;
        }
        if (at.text("applies-to", "").equals(Control.Kind.SITE.word())) {
            reports.error(
                    before,
                    "a control of a whole site is no gate",
                    "apply it to what is taken down, or take the gate out");
        }
        return Control.Gate.SHUTDOWN;
    }

    /** A plain or quoted text on one line is where it stands; of others only the beginning is known. */
    private static Place within(At at, Expressions.Flaw flaw) {
        Place begin = at.place();
        String line = at.doc().text().line(begin.line());
        String rest = line.substring(Math.min(line.length(), begin.column() - 1));
        if (flaw.line() != 1 || rest.startsWith(">") || rest.startsWith("|")) {
            return begin;
        }
        int quote = rest.startsWith("\"") || rest.startsWith("'") ? 1 : 0;
        return new Place(begin.line(), begin.column() + quote + flaw.column());
    }

    /** Packs, once every control is known. */
    void packs(Doc doc) {
        packs.addAll(new PackBinding(controls.values(), reports).packs(doc.at()));
    }

    void acceptances(String site, Doc doc) {
        for (At at : doc.at().items("acceptances")) {
            if (!controls.containsKey(at.text("control", ""))) {
                reports.error(
                        at.get("control"),
                        "there is no control " + Words.quoted(at.text("control", "")),
                        Words.meant(at.text("control", ""), controls.keySet(), "take the acceptance out"));
            }
            Optional<LocalDate> until = day(at.get("until"));
            id(site).filter(known -> until.isPresent())
                    .ifPresent(known -> acceptances.add(new Acceptance(
                            known,
                            at.text("control", ""),
                            at.text("asset", ""),
                            at.text("owner", ""),
                            at.text("reason", ""),
                            until.orElseThrow(),
                            where(at))));
        }
    }

    private Optional<LocalDate> day(At at) {
        try {
            return Optional.of(LocalDate.parse(at.text().orElse("")));
        } catch (DateTimeException e) {
            reports.error(at, "there is no such day", "write YYYY-MM-DD");
            return Optional.empty();
        }
    }

    /** Empty for a name that no site can have, which is reported where the folder is read. */
    private static Optional<SiteId> id(String site) {
        try {
            return Optional.of(new SiteId(site));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void gaps(Doc doc) {
        for (At at : doc.at().items("gaps")) {
            if (!known(Control.Severity.class, at.text("severity", ""))) {
                continue;
            }
            Gap gap = new Gap(
                    at.integer("gap", 0),
                    at.text("title", ""),
                    Control.Severity.valueOf(upper(at.text("severity", ""))),
                    at.texts("tests"),
                    at.text("declaration", ""),
                    at.text("open", ""),
                    where(at));
            Gap other = gaps.putIfAbsent(gap.number(), gap);
            if (other != null) {
                reports.error(at.get("gap"), "gap " + gap.number() + " is here twice", "first at " + other.where());
            }
        }
        answered.stream()
                .filter(number -> !gaps.containsKey(number.node().asInt()))
                .forEach(number -> reports.error(
                        number,
                        "there is no gap " + number.node().asInt(),
                        "name one of " + doc.text().shown()));
    }

    /** What a site declares, and what it says that it does not yet. */
    void site(SiteDocs site) {
        Set<String> keys = new TreeSet<>();
        site.docs().forEach((name, doc) -> doc.root().fieldNames().forEachRemaining(key -> keys.add(name + "." + key)));
        Set<String> files = new TreeSet<>();
        site.docs().keySet().stream()
                .filter(name -> site.file(name).text("none", "").startsWith("not declared yet"))
                .forEach(files::add);
        id(site.id()).ifPresent(known -> {
            undeclared.put(known, files);
            declared.put(known, keys);
        });
    }

    private static String where(At at) {
        return at.doc().text().shown() + ":" + at.place().line();
    }

    Standard standard() {
        return new Standard(
                List.copyOf(controls.values()), acceptances, List.copyOf(gaps.values()), declared, undeclared, packs);
    }
}
