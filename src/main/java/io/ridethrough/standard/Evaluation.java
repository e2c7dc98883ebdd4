package io.ridethrough.standard;

import io.ridethrough.contract.Acceptance;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Pack;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Standard;
import io.ridethrough.standard.word.Vocabulary;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Evaluates every control for every asset of its kind at a site, all at a time. What is asked is bounded by whoever
 * looks. Remembers since when it finds the same; thread-safe.
 */
public final class Evaluation {
    private final Supplier<Contracts> contracts;
    private final Looks looks;
    private final InstantSource clock;
    private final Cel cel = new Cel();
    /** The words that each expectation uses. */
    private final Map<Expectation, List<String>> used = new ConcurrentHashMap<>();

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final Map<SiteId, Report> last = new ConcurrentHashMap<>();

    private record Kept(String word, Instant since, int times) {}

    private record Expectation(Control.Kind kind, Control.Ask ask, String text) {
        static Expectation of(Control control) {
            return new Expectation(control.kind(), control.probe().ask(), control.expect());
        }

        List<String> words() {
            return Vocabulary.of(kind, ask).keySet().stream()
                    .filter(word -> text.matches("(?s).*\\b" + word.replace(".", "\\.") + "\\b.*"))
                    .toList();
        }
    }

    public Evaluation(Supplier<Contracts> contracts, Looks looks, InstantSource clock) {
        this.contracts = contracts;
        this.looks = looks;
        this.clock = clock;
    }

    /** What is found at the site now; empty where no such site is declared. */
    public Optional<CompletionStage<Report>> of(SiteId id) {
        return Optional.ofNullable(contracts.get().sites().get(id)).map(this::evaluated);
    }

    /** The same of the controls of a pack alone, which says nothing of the others. */
    public Optional<CompletionStage<Report>> of(SiteId id, Pack pack) {
        return Optional.ofNullable(contracts.get().sites().get(id)).map(site -> evaluated(site, pack::holds));
    }

    /** The pack of that name. */
    public Optional<Pack> pack(String name) {
        return contracts.get().standard().pack(name);
    }

    /** Every declared site. */
    public Set<SiteId> sites() {
        return contracts.get().sites().keySet();
    }

    /** The names of all packs. */
    public List<String> packs() {
        return contracts.get().standard().packs().stream().map(Pack::id).toList();
    }

    /** The digest of the contracts that a site is evaluated by. */
    public String digestOf(SiteId site) {
        return contracts.get().digestOf(site);
    }

    /** Every gap, as those findings leave it. */
    public Ledger ledger(Parity parity) {
        return Ledger.of(contracts.get().standard(), parity.sites());
    }

    /** What is found at every site now. */
    public CompletionStage<Parity> everywhere() {
        List<CompletableFuture<Report>> all = contracts.get().sites().values().stream()
                .map(site -> evaluated(site).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done ->
                        Parity.of(all.stream().map(CompletableFuture::join).toList()));
    }

    /** What one control finds for one asset now; unobservable where there is no such control or asset. */
    public CompletionStage<Finding> one(String control, AssetId asset) {
        Optional<Control> known = contracts.get().standard().controls().stream()
                .filter(one -> one.id().equals(control))
                .findFirst();
        Optional<Site> site = Optional.ofNullable(contracts.get().sites().get(asset.site()));
        if (known.isEmpty() || site.isEmpty()) {
            return CompletableFuture.completedStage(
                    new Finding.Unobservable("control " + control + " is not declared any more"));
        }
        return Subject.of(site.get(), known.get().kind()).stream()
                .filter(subject -> subject.asset().isPresent() && subject.id().equals(asset))
                .findFirst()
                .map(subject ->
                        looks.look(known.get().probe(), subject).thenApply(seen -> judged(known.get(), subject, seen)))
                .orElseGet(() -> CompletableFuture.completedStage(
                        new Finding.Unobservable("control " + control + " is not about " + asset)));
    }

    /** What was found when each site was last evaluated, by this process; sites that were not yet are left out. */
    public List<Report> last() {
        return last.values().stream()
                .filter(report -> sites().contains(report.site()))
                .sorted(Comparator.comparing(Report::site))
                .toList();
    }

    private CompletionStage<Report> evaluated(Site site) {
        return evaluated(site, control -> true).whenComplete((report, never) -> last.put(site.id(), report));
    }

    private CompletionStage<Report> evaluated(Site site, Predicate<Control> part) {
        Standard standard = contracts.get().standard();
        List<CompletableFuture<Found>> all = new ArrayList<>();
        Map<String, CompletionStage<Looks.Look>> asked = new TreeMap<>();
        for (Control control : standard.controls().stream().filter(part).toList()) {
            missing(site, control).ifPresent(found -> all.add(CompletableFuture.completedFuture(found)));
            for (Subject subject : Subject.of(site, control.kind())) {
                String question = control.probe() + " " + subject;
                CompletionStage<Looks.Look> look =
                        asked.computeIfAbsent(question, same -> looks.look(control.probe(), subject));
                all.add(look.thenApply(seen -> found(control, subject, judged(control, subject, seen)))
                        .toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> new Report(
                        site.id(),
                        clock.instant(),
                        all.stream().map(CompletableFuture::join).toList(),
                        stale(
                                site,
                                part,
                                all.stream().map(CompletableFuture::join).toList())));
    }

    /** A site that declares nothing of what others have, nor why it has none, is no better than one that has it broken. */
    private Optional<Found> missing(Site site, Control control) {
        String what = Subject.declaredAs(control.kind());
        if (!Subject.of(site, control.kind()).isEmpty()
                || contracts.get().standard().declares(site.id(), what)) {
            return Optional.empty();
        }
        String others = contracts.get().sites().values().stream()
                .filter(other -> !Subject.of(other, control.kind()).isEmpty())
                .map(other -> other.id().value())
                .collect(Collectors.joining(", "));
        Subject whole = new Subject(site, Optional.empty());
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(found(
                        control,
                        whole,
                        broken(
                                control,
                                whole,
                                what + " is not declared, nor why there is none; declared at " + others)));
    }

    private Finding judged(Control control, Subject subject, Looks.Look look) {
        if (look instanceof Looks.Look.Unseen unseen) {
            return new Finding.Unobservable(unseen.why());
        }
        Map<String, Object> words = Vocabulary.declared(
                subject.site(), subject.asset(), contracts.get().standard());
        ((Looks.Look.Seen) look).values().forEach((name, value) -> words.put("seen." + name, value));
        List<String> wordsUsed = used.computeIfAbsent(Expectation.of(control), Expectation::words);
        List<String> untold =
                wordsUsed.stream().filter(word -> !words.containsKey(word)).toList();
        if (!untold.isEmpty()) {
            return new Finding.Unobservable("nothing tells " + String.join(", ", untold));
        }
        String evidence = evidence(wordsUsed, words);
        try {
            if (cel.holds(control, words)) {
                return new Finding.Holds(evidence);
            }
        } catch (Cel.UnclearException e) {
            return new Finding.Unobservable(evidence + ": " + e.getMessage());
        }
        return broken(control, subject, evidence);
    }

    private Finding broken(Control control, Subject subject, String evidence) {
        Optional<Acceptance> acceptance = acceptances(subject.site())
                .filter(one -> one.control().equals(control.id()) && one.asset().equals(subject.name()))
                .max(Comparator.comparing(Acceptance::until));
        if (acceptance.isEmpty()) {
            return new Finding.Broken(evidence);
        }
        return today(subject.site()).isAfter(acceptance.get().until())
                ? new Finding.Broken(evidence + "; its acceptance ended on "
                        + acceptance.get().until() + " (" + acceptance.get().where() + ")")
                : new Finding.Accepted(acceptance.get(), evidence);
    }

    private java.util.stream.Stream<Acceptance> acceptances(Site site) {
        return contracts.get().standard().acceptances().stream()
                .filter(one -> one.site().equals(site.id()));
    }

    private LocalDate today(Site site) {
        return LocalDate.ofInstant(clock.instant(), site.zone());
    }

    /** Acceptances that accept nothing: their control holds there, or nothing of that name is asked. */
    private List<Acceptance> stale(Site site, Predicate<Control> part, List<Found> found) {
        List<String> asked = contracts.get().standard().controls().stream()
                .filter(part)
                .map(Control::id)
                .toList();
        return acceptances(site)
                .filter(one -> asked.contains(one.control()))
                .filter(one -> found.stream()
                        .noneMatch(finding -> finding.control().id().equals(one.control())
                                && finding.subject().name().equals(one.asset())
                                && !(finding.finding() instanceof Finding.Holds)))
                .toList();
    }

    private Found found(Control control, Subject subject, Finding finding) {
        Instant now = clock.instant();
        Kept state = kept.merge(
                control.id() + " " + subject,
                new Kept(finding.word(), now, 1),
                (before, first) -> before.word().equals(first.word())
                        ? new Kept(before.word(), before.since(), before.times() + 1)
                        : first);
        return new Found(control, subject, finding, state.since(), state.times());
    }

    private static String evidence(List<String> used, Map<String, Object> words) {
        return used.stream()
                .map(word -> word + " = " + cut(String.valueOf(words.get(word))))
                .collect(Collectors.joining(", "));
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > 300 ? line.substring(0, 300) + "..." : line.isEmpty() ? "(empty)" : line;
    }
}
