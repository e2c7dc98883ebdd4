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

    /** How many findings of each kind one control has at one site. */
    public record Cell(Map<String, Long> counts) {
        private static final List<String> WORST_FIRST = List.of("broken", "unobservable", "accepted", "holds");

        public Cell {
            counts = Map.copyOf(counts);
        }

        /** The worst of them. */
        public String word() {
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
            Map<String, Long> counts = report.found().stream()
                    .filter(found -> found.control().equals(control))
                    .collect(Collectors.groupingBy(found -> found.finding().word(), Collectors.counting()));
            if (!counts.isEmpty()) {
                cells.put(report.site(), new Cell(counts));
            }
        });
        return cells;
    }
}
