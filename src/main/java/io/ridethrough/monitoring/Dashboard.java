package io.ridethrough.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.Asset;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import java.util.List;
import java.util.Locale;

/** One Grafana dashboard of a site: how much of the standard holds, what does not, and how its targets answer. */
public final class Dashboard {
    private static final int WIDTH = 24;
    /** Of Grafana's own format of dashboards; newer ones read it. */
    private static final int SCHEMA = 39;

    /** Where figures come from, in Grafana's words. */
    private enum Source {
        PROMETHEUS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final SiteId site;
    private final ArrayNode panels = JsonNodeFactory.instance.arrayNode();
    private int y;

    private Dashboard(SiteId site) {
        this.site = site;
    }

    /**
     * The file of one site; the same arguments give the same bytes.
     *
     * @param stamp what stands as its description
     */
    public static String of(Site site, String stamp) {
        Dashboard dashboard = new Dashboard(site.id());
        dashboard.panels();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("uid", "ridethrough-" + dashboard.shortId());
        json.put("title", "Ridethrough: " + AlertRules.shown(site.title()));
        json.put("description", stamp);
        json.putArray("tags").add("ridethrough").add(site.id().value());
        json.put("editable", false);
        json.put("schemaVersion", SCHEMA);
        json.put("refresh", "1m");
        json.putObject("time").put("from", "now-7d").put("to", "now");
        variables(json.putObject("templating").putArray("list"), site);
        json.set("panels", dashboard.panels);
        return printed(json);
    }

    /** Grafana takes 40 characters at most. */
    private String shortId() {
        String id = site.value();
        return id.length() <= 28 ? id : id.substring(0, 19) + "-" + Integer.toHexString(id.hashCode());
    }

    private static void variables(ArrayNode list, Site site) {
        list.addObject()
                .put("name", "source")
                .put("label", "Prometheus")
                .put("type", "datasource")
                .put("query", Source.PROMETHEUS.word());
        List<String> names = site.assets().stream()
                .map(Asset::id)
                .map(id -> id.name())
                .sorted()
                .toList();
        ObjectNode asset = list.addObject()
                .put("name", "asset")
                .put("label", "Asset")
                .put("type", "custom")
                .put("query", String.join(",", names))
                .put("includeAll", true)
                .put("allValue", ".*")
                .put("multi", true);
        asset.putObject("current").put("text", "All").put("value", "$__all");
    }

    private void panels() {
        panel("stat", "How much of the standard holds", 8, 12, "percentunit", Series.SCORE.of(site), "{{domain}}");
        panel(
                "stat",
                "Broken, by severity",
                8,
                8,
                "none",
                "count by (severity) (" + Series.FINDING.of(site, "finding=\"broken\"") + ")",
                "{{severity}}");
        panel("stat", "Last evaluated", 8, 4, "s", "time() - " + Series.EVALUATED.of(site), "ago");
        row(8);
        table(
                "What is not well",
                Series.FINDING.of(site, "finding=~\"broken|unobservable\",asset=~\"$asset\""),
                "severity",
                "control",
                "asset",
                "finding");
        row(10);
        panel("timeseries", "Score by domain", 8, 12, "percentunit", Series.SCORE.of(site), "{{domain}}");
        panel(
                "timeseries",
                "Findings",
                8,
                12,
                "none",
                "count by (finding) (" + Series.FINDING.of(site, "asset=~\"$asset\"") + ")",
                "{{finding}}");
        row(8);
        table(
                "Ways that are not closed",
                Series.BREAKER.of(site, "state!=\"closed\"") + " == 1",
                "target",
                "way",
                "state");
        row(10);
        panel(
                "timeseries",
                "Since the last answer",
                8,
                12,
                "s",
                "time() - " + Series.ANSWERED.of(site),
                "{{target}} {{way}}");
        panel(
                "timeseries",
                "Calls under way, of the most that go side by side",
                8,
                12,
                "percentunit",
                Series.IN_FLIGHT.of(site) + " / " + Series.LIMIT.of(site),
                "{{target}} {{way}}");
    }

    private int x;

    private void row(int height) {
        x = 0;
        y += height;
    }

    private ObjectNode panel(
            String type, String title, int height, int width, String unit, String query, String legend) {
        ObjectNode panel =
                panels.addObject().put("id", panels.size()).put("type", type).put("title", title);
        panel.putObject("datasource").put("type", Source.PROMETHEUS.word()).put("uid", "${source}");
        panel.putObject("gridPos").put("x", x).put("y", y).put("w", width).put("h", height);
        panel.putObject("fieldConfig").putObject("defaults").put("unit", unit);
        panel.putArray("targets")
                .addObject()
                .put("refId", "A")
                .put("expr", query)
                .put("legendFormat", legend)
                .put("instant", !type.equals("timeseries"));
        x += width;
        return panel;
    }

    /** A row for each series, with those labels as columns. */
    private void table(String title, String query, String... columns) {
        ObjectNode panel = panel("table", title, 10, WIDTH, "none", query, "");
        ((ObjectNode) panel.path("targets").path(0)).put("format", "table");
        ArrayNode filter = panel.putArray("transformations")
                .addObject()
                .put("id", "filterFieldsByName")
                .putObject("options")
                .putObject("include")
                .putArray("names");
        for (String column : columns) {
            filter.add(column);
        }
    }

    private static String printed(ObjectNode json) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try {
            return new ObjectMapper()
                            .writer(new DefaultPrettyPrinter()
                                    .withObjectIndenter(lines)
                                    .withArrayIndenter(lines))
                            .writeValueAsString(json)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
