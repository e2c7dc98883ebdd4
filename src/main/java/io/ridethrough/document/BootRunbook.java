package io.ridethrough.document;

import io.ridethrough.breakglass.Move;
import io.ridethrough.breakglass.Sheet;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Power;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Ups;
import java.util.ArrayList;
import java.util.List;

/** In which order a site comes back, why, by whom, and what is looked at before going on. */
final class BootRunbook {
    private BootRunbook() {}

    static Document of(Site site, Sheet sheet, Stamp stamp) {
        Page page = new Page("boot-runbook.html", "Boot runbook", site.title(), stamp);
        before(page, site);
        network(page, site);
        moves(page, site, sheet.up());
        without(page, site);
        return page.document();
    }

    private static void before(Page page, Site site) {
        Power.Policy policy = site.power().policy();
        List<Markup> points = new ArrayList<>();
        points.add(Markup.text("Mains are back for " + Sentence.of(policy.returnHold()) + " without a break"
                + (site.power().upses().isEmpty()
                        ? "."
                        : ", and " + upses(site) + (site.power().upses().size() == 1 ? " has" : " have") + " "
                                + policy.returnCharge() + " % of charge.")));
        points.add(Markup.text("Nobody works on the hardware. What is held stays off until it is released by name: ")
                .then(Markup.code("ridethrough status")));
        points.add(Markup.text(
                "Ridethrough does all of this itself once the site is armed. Begin by hand only when it does"
                        + " not, and not beside it."));
        page.heading("Before anything").list(points);
    }

    private static String upses(Site site) {
        return String.join(
                " and ", site.power().upses().stream().map(Ups::title).toList());
    }

    private static void network(Page page, Site site) {
        if (site.devices().isEmpty()) {
            return;
        }
        page.heading("Stage 0: what comes up by itself")
                .say("These are not commanded. Look at them first: whatever stands below is reached through them.")
                .table("What", "Comes after", "Started by", "Seen when it is up");
        for (Device device : site.devices()) {
            List<String> checks = Sentence.checks(site, device);
            page.row(
                    name(device.id().name(), device.title() + " (" + Sentence.kind(device) + ")"),
                    Markup.texts(Sentence.reasons(site, device)),
                    Markup.texts(Sentence.starts(device)),
                    checks.isEmpty() ? Markup.text("nothing is declared: look at its lamps") : Markup.texts(checks));
        }
        page.end();
    }

    private static void moves(Page page, Site site, List<Move> moves) {
        page.heading("Then, stage by stage")
                .say(
                        "What stands in one stage may come up side by side. Begin the next stage when everything of the one"
                                + " before is seen.")
                .table("Stage", "What", "Comes after", "Started by", "Seen when it is up", "By hand, without us");
        for (Move move : moves) {
            page.row(
                    Markup.strong(Integer.toString(move.stage())),
                    name(move.id().name(), move.asset().title() + " (" + Sentence.kind(move.asset()) + ")"),
                    Markup.texts(Sentence.reasons(site, move.asset())),
                    Markup.texts(Sentence.starts(move.asset())),
                    Markup.texts(Sentence.checks(site, move.asset()))
                            .then(Markup.text(" (takes " + Sentence.of(Sentence.takes(move.asset())) + ")")),
                    hands(move));
        }
        page.end();
    }

    private static Markup name(String name, String what) {
        return Markup.lines(List.of(Markup.strong(name), Markup.text(what)));
    }

    /** Where one logs in, and what is typed there; a machine that is off is not logged in to. */
    private static Markup hands(Move move) {
        List<Markup> lines = new ArrayList<>();
        if (!move.shell().get(0).equals("wake")) {
            lines.add(Markup.code("ssh -p " + move.at().port() + " " + move.at().user() + "@"
                    + move.at().host()));
        }
        move.read().forEach(line -> lines.add(Markup.code(line)));
        return Markup.lines(lines);
    }

    private static void without(Page page, Site site) {
        page.heading("When something does not come up")
                .list(List.of(
                        Markup.text("Recovery tries " + site.recovery().attempts() + " times, "
                                + Sentence.of(site.recovery().backOff()) + " apart, and then tells a person."),
                        Markup.text("Ask everything that is declared, changing nothing: ")
                                .then(Markup.code("ridethrough verify " + site.id())),
                        Markup.text("Without Ridethrough, the same order as a script: ")
                                .then(Markup.code("sh " + site.id() + ".sh up"))
                                .then(Markup.text(" of its break-glass folder."))));
    }
}
