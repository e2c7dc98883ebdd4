package io.ridethrough.standard;

import io.ridethrough.contract.Control;
import io.ridethrough.contract.SiteId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Every control beside every site: whether sites meet the same standard.
 *
 * @param rows by domain and id of the control
 */
public record Parity(List<Report> sites, List<Row> rows) {
    /** One control at every site that has something it applies to. */
    public record Row(Control control, SortedMap<SiteId, Cell> cells) {
        public Row {
            cells = new TreeMap<>(cells);
        }
    }

    /**
     * What one control found at one site.
     *
     * @param assets the word of each asset's finding, by its name
     */
    public record Cell(SortedMap<String, String> assets) {
        private static final List<String> WORST_FIRST = List.of("broken", "unobservable", "accepted", "holds");

        public Cell {
            assets = new TreeMap<>(assets);
        }

        /** How many findings of each word there are. */
        public Map<String, Long> counts() {
            return assets.values().stream()
                    .collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()));
        }

        /** The worst of them. */
        public String word() {
            Map<String, Long> counts = counts();
            return WORST_FIRST.stream().filter(counts::containsKey).findFirst().orElseThrow();
        }
    }

    public Parity {
        sites = List.copyOf(sites);
        rows = List.copyOf(rows);
    }

    /** The table of what was found at those sites. */
    public static Parity of(Collection<Report> reports) {
        List<Report> sites =
                reports.stream().sorted(Comparator.comparing(Report::site)).toList();
        List<Row> rows = sites.stream()
                .flatMap(report -> report.found().stream())
                .map(Found::control)
                .distinct()
                .sorted(Comparator.comparing(Control::domain).thenComparing(Control::id))
                .map(control -> new Row(control, cells(control, sites)))
                .toList();
        return new Parity(sites, rows);
    }

    private static SortedMap<SiteId, Cell> cells(Control control, List<Report> sites) {
        SortedMap<SiteId, Cell> cells = new TreeMap<>();
        sites.forEach(report -> {
            SortedMap<String, String> assets = new TreeMap<>();
            report.found().stream()
                    .filter(found -> found.control().equals(control))
                    .forEach(found ->
                            assets.put(found.subject().name(), found.finding().word()));
            if (!assets.isEmpty()) {
                cells.put(report.site(), new Cell(assets));
            }
        });
        return cells;
    }
}
