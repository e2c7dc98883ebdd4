package io.ridethrough.monitoring;

import com.fasterxml.jackson.databind.node.TextNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Policy;
import io.ridethrough.contract.Site;
import java.time.Duration;
import java.util.Locale;

/** Rules by which Prometheus tells what is not well at a site, with the severities and the words of the standard. */
public final class AlertRules {
    private final Site site;
    private final StringBuilder out = new StringBuilder();

    private AlertRules(Site site) {
        this.site = site;
    }

    /**
     * The file of one site; the same arguments give the same bytes.
     *
     * @param stamp a line that stands on top
     */
    public static String of(Contracts contracts, Site site, String stamp) {
        AlertRules rules = new AlertRules(site);
        rules.out.append("# ").append(stamp.replaceAll("\\p{Cntrl}", " ")).append("\ngroups:\n");
        rules.service(contracts.policy().alerts());
        rules.standard(contracts);
        return rules.out.toString();
    }

    private void service(Policy.Alerts alerts) {
        group("service");
        rule(
                "RidethroughSilent",
                "absent(" + Series.BREAKER.of(site.id()) + ")",
                alerts.silent(),
                "critical",
                "Nothing is told of " + site.id() + ": the service is down, or nobody scrapes it",
                "Nobody looks after this site at this moment.",
                "ridethrough status");
        rule(
                "RidethroughTargetUnreachable",
                "max by (site, target, way) (" + Series.BREAKER.of(site.id(), "state=\"open\"") + ") == 1",
                alerts.unreachable(),
                "high",
                "{{ $labels.target }} cannot be reached by {{ $labels.way }}",
                "Its way is cut off after repeated trouble; another way is used where one is declared.",
                "ridethrough status");
        rule(
                "RidethroughStandardStale",
                "time() - " + Series.EVALUATED.of(site.id()) + " > "
                        + alerts.stale().toSeconds(),
                Duration.ZERO,
                "high",
                "The standard was not evaluated at " + site.id() + " for longer than it may be",
                "What is known of the site is old.",
                "ridethrough standard " + site.id());
        rule(
                "RidethroughParityFell",
                Series.SCORE.of(site.id()) + " < " + Series.SCORE.of(site.id()) + " offset 1d",
                Duration.ZERO,
                "medium",
                "Less of {{ $labels.domain }} holds at " + site.id() + " than a day ago",
                "Something that held before does not hold now.",
                "ridethrough parity");
    }

    private void standard(Contracts contracts) {
        group("standard");
        contracts.standard().controls().stream()
                .filter(control -> applies(control.kind()))
                .forEach(control -> rule(
                        "RidethroughControlBroken",
                        Series.FINDING.of(site.id(), "control=\"" + control.id() + "\",finding=\"broken\"") + " == 1",
                        Duration.ZERO,
                        // Prometheus takes two rules of one name and the same labels for a slip.
                        control.severity().name().toLowerCase(Locale.ROOT) + ", control: " + control.id(),
                        "{{ $labels.asset }}: does not hold: " + plain(control.title()),
                        plain(control.why()),
                        plain(control.remedy())));
        rule(
                "RidethroughUnobservable",
                "count by (site, asset) (" + Series.FINDING.of(site.id(), "finding=\"unobservable\"") + ") > 0",
                contracts.policy().alerts().unreachable(),
                "medium",
                "{{ $value }} controls cannot be seen at {{ $labels.asset }}",
                "What cannot be seen never counts as well.",
                "ridethrough standard " + site.id());
    }

    private boolean applies(Control.Kind kind) {
        return kind == Control.Kind.SITE || !kind.of(site).isEmpty();
    }

    private void group(String name) {
        out.append("  - name: ridethrough-")
                .append(site.id())
                .append('-')
                .append(name)
                .append("\n    rules:\n");
    }

    private void rule(
            String alert, String expr, Duration lasts, String severity, String summary, String why, String remedy) {
        out.append("      - alert: ")
                .append(alert)
                .append("\n        expr: ")
                .append(quoted(expr))
                .append('\n');
        if (!lasts.isZero()) {
            out.append("        for: ").append(lasts.toSeconds()).append("s\n");
        }
        out.append("        labels: {severity: ").append(severity).append(", site: ");
        out.append(quoted(site.id().value())).append("}\n        annotations:\n");
        annotation("summary", summary);
        annotation("description", why);
        if (!remedy.isEmpty()) {
            annotation("remedy", remedy);
        }
    }

    private void annotation(String key, String text) {
        out.append("          ").append(key).append(": ").append(quoted(text)).append('\n');
    }

    /** As JSON has it: every text of JSON is one of YAML. */
    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** Words that Prometheus does not take for a template of its own. */
    private static String plain(String words) {
        return shown(words).replace("{{", "{{ \"{{\" }}");
    }

    /** Words without what controls a screen or turns the direction of writing. */
    static String shown(String words) {
        return words.replaceAll("[\\p{Cc}\\p{Cf}]+", " ");
    }
}
