package io.ridethrough.standard;

import io.ridethrough.contract.Gap;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Standard;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every gap with what answers it at each site. A gap is answered at a site when its declaration stands in the contracts
 * and all its controls hold or are accepted there; tests of the life cycle answer it for every site alike.
 */
public record Ledger(List<Entry> entries) {
    /** How a gap stands. */
    public enum State {
        ANSWERED,
        ACCEPTED,
        UNOBSERVABLE,
        BROKEN,
        /** Something that would answer it is not built. */
        OPEN
    }

    /**
     * At one site.
     *
     * @param evidence what it rests on, or what is missing
     */
    public record Standing(State state, List<String> evidence) {
        public Standing {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * A gap at every site.
     *
     * @param controls the ids of the controls that name it
     */
    public record Entry(Gap gap, List<String> controls, SortedMap<SiteId, Standing> sites) {
        public Entry {
            controls = List.copyOf(controls);
            sites = new TreeMap<>(sites);
        }

        /** The worst of all sites. */
        public State state() {
            return sites.values().stream()
                    .map(Standing::state)
                    .reduce(State.ANSWERED, (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
    }

    public Ledger {
        entries = List.copyOf(entries);
    }

    /** Whether every gap is answered, or somebody answers for it, at every site. */
    public boolean isClosed() {
        return entries.stream().allMatch(entry -> entry.state().compareTo(State.ACCEPTED) <= 0);
    }

    /** The ledger as those findings leave it. */
    static Ledger of(Standard standard, List<Report> reports) {
        return new Ledger(standard.gaps().stream()
                .map(gap -> {
                    SortedMap<SiteId, Standing> sites = new TreeMap<>();
                    reports.forEach(report -> sites.put(report.site(), standing(standard, gap, report)));
                    return new Entry(gap, controls(standard, gap), sites);
                })
                .toList());
    }

    private static List<String> controls(Standard standard, Gap gap) {
        return standard.controls().stream()
                .filter(control -> control.gaps().contains(gap.number()))
                .map(control -> control.id())
                .toList();
    }

    private static Standing standing(Standard standard, Gap gap, Report report) {
        State state = gap.open().isEmpty() ? State.ANSWERED : State.OPEN;
        List<String> evidence = new ArrayList<>();
        if (!gap.open().isEmpty()) {
            evidence.add("open: " + gap.open());
        }
        if (!gap.declaration().isEmpty()) {
            boolean declared = standard.declares(report.site(), gap.declaration());
            evidence.add(gap.declaration() + (declared ? " is declared" : " is not declared"));
            state = worse(state, declared ? State.ANSWERED : State.BROKEN);
        }
        for (Found found : report.found()) {
            if (found.control().gaps().contains(gap.number())) {
                state = worse(state, of(found.finding()));
                evidence.add(found.control().id() + " at " + found.subject().name() + " "
                        + (found.finding() instanceof Finding.Holds
                                ? "holds"
                                : found.finding().word() + ": "
                                        + found.finding().evidence()));
            }
        }
        gap.tests().forEach(test -> evidence.add("tested by " + test));
        return new Standing(state, evidence);
    }

    private static State worse(State one, State other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static State of(Finding finding) {
        return switch (finding.word()) {
            case "holds" -> State.ANSWERED;
            case "accepted" -> State.ACCEPTED;
            case "unobservable" -> State.UNOBSERVABLE;
            default -> State.BROKEN;
        };
    }
}
