package io.ridethrough.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Gap;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Standard;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The ledger as it is shipped is bound to things that run, and its gate opens only when every gap is answered. */
final class GapLedgerTest {
    private static final SiteId ATTIC = new SiteId("attic");
    /** The gaps whose answer is a rule that is looked for at every site, as the mission has it. */
    private static final Set<Integer> BY_CONTROL = Set.of(
            1038, 1046, 1047, 1058, 1059, 1060, 1061, 1110, 1111, 1112, 1113, 1114, 1116, 1117, 1118, 1119, 1120, 1121,
            1122, 1123, 1124, 1126, 1128, 1129, 1130, 1131, 1132, 1133, 1134, 1135, 1136, 1137, 1138, 1139, 1140, 1141,
            1142, 1143);

    private static final Path TESTS = Path.of("src/test/java");

    @Test
    void everyGapStandsInItOnce() {
        Set<Integer> all = Stream.of(
                        IntStream.rangeClosed(1037, 1050),
                        IntStream.rangeClosed(1058, 1069),
                        IntStream.rangeClosed(1110, 1144))
                .flatMap(IntStream::boxed)
                .collect(Collectors.toSet());

        assertThat(shipped().gaps()).hasSize(61).extracting(Gap::number).containsExactlyInAnyOrderElementsOf(all);
    }

    /** A gap that nothing answers says so: none is silently taken for answered. */
    @Test
    void everyGapIsBoundToSomethingThatRunsOrSaysWhatIsMissing() {
        Standard standard = shipped();

        assertThat(standard.gaps()).allSatisfy(gap -> assertThat(!gap.open().isEmpty()
                        || !gap.tests().isEmpty()
                        || !gap.declaration().isEmpty()
                        || standard.controls().stream()
                                .anyMatch(control -> control.gaps().contains(gap.number())))
                .as("gap %d", gap.number())
                .isTrue());
    }

    /** A declaration alone does not prove it on a running system. */
    @Test
    void everyGapThatAControlHasToAnswerHasOneOrSaysWhatIsMissing() {
        Standard standard = shipped();

        assertThat(standard.gaps())
                .filteredOn(gap -> BY_CONTROL.contains(gap.number()))
                .hasSize(BY_CONTROL.size())
                .allSatisfy(gap -> assertThat(!gap.open().isEmpty()
                                || standard.controls().stream()
                                        .anyMatch(control -> control.gaps().contains(gap.number())))
                        .as("gap %d", gap.number())
                        .isTrue());
    }

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        for (Gap gap : shipped().gaps()) {
            for (String test : gap.tests()) {
                String[] named = test.split("#", 2);
                try (Stream<Path> sources = Files.walk(TESTS)) {
                    Path source = sources.filter(file -> file.endsWith(named[0] + ".java"))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("gap " + gap.number() + " names no test: " + test));
                    assertThat(Files.readString(source)).as(test).containsPattern("void " + named[1] + "\\(");
                }
            }
        }
    }

    @Test
    void everyDeclarationThatItNamesIsAKeyOfASite() {
        Standard standard = shipped();

        assertThat(standard.gaps())
                .filteredOn(gap -> !gap.declaration().isEmpty())
                .allSatisfy(gap -> assertThat(standard.declares(ATTIC, gap.declaration()))
                        .as("gap %d: %s", gap.number(), gap.declaration())
                        .isTrue());
    }

    @Test
    void aGapIsAnsweredOnlyWhereAllThatAnswersItHolds() {
        Gap gap = gap("storage.nas", "");
        Standard declared = standard(gap, Map.of(ATTIC, Set.of("storage.nas")), Map.of());

        assertThat(state(declared, new Finding.Holds("e"))).isEqualTo(Ledger.State.ANSWERED);
        assertThat(state(declared, new Finding.Broken("e"))).isEqualTo(Ledger.State.BROKEN);
        assertThat(state(declared, new Finding.Unobservable("e"))).isEqualTo(Ledger.State.UNOBSERVABLE);

        assertThat(state(standard(gap, Map.of(ATTIC, Set.of("storage.none")), Map.of()), new Finding.Holds("e")))
                .as("a site that says why it has none")
                .isEqualTo(Ledger.State.ANSWERED);
        assertThat(state(
                        standard(gap, Map.of(ATTIC, Set.of("storage.none")), Map.of(ATTIC, Set.of("storage"))),
                        new Finding.Holds("e")))
                .as("a site that has not declared it yet")
                .isEqualTo(Ledger.State.BROKEN);
        assertThat(state(standard(gap("", "not built"), Map.of(), Map.of()), new Finding.Holds("e")))
                .as("whatever holds")
                .isEqualTo(Ledger.State.OPEN);
    }

    @Test
    void theGateOpensWhenEveryGapIsAnswered() {
        Standard well = standard(gap("", ""), Map.of(), Map.of());
        Standard open = standard(gap("", "not built"), Map.of(), Map.of());

        assertThat(Ledger.of(well, List.of(report(new Finding.Holds("e")))).isClosed())
                .isTrue();
        assertThat(Ledger.of(well, List.of(report(new Finding.Unobservable("e"))))
                        .isClosed())
                .isFalse();
        assertThat(Ledger.of(open, List.of(report(new Finding.Holds("e")))).isClosed())
                .isFalse();
    }

    @Test
    void aControlThatNamesNoGapOfItIsRefused() {
        List<SourceFile> files = ControlsAtLoadTest.files("""
                controls:
                  - {id: one, title: t, why: w, severity: low, applies-to: node, gaps: [1037, 1112], probe: {ask: contract}, expect: 'true'}
                """);
        files.add(ControlsAtLoadTest.source("gaps.yaml", "gaps:\n  - {gap: 1112, title: t, severity: low}\n"));

        assertThat(new ContractLoader(new Cel()).load(files).render())
                .contains("contracts/standard/x.yaml:2:73: error: there is no gap 1037");
    }

    private static Ledger.State state(Standard standard, Finding finding) {
        return Ledger.of(standard, List.of(report(finding))).entries().get(0).state();
    }

    private static Gap gap(String declaration, String open) {
        return new Gap(1112, "t", Control.Severity.LOW, List.of(), declaration, open, "gaps.yaml:2");
    }

    private static Standard standard(Gap gap, Map<SiteId, Set<String>> declared, Map<SiteId, Set<String>> undeclared) {
        return new Standard(List.of(control()), List.of(), List.of(gap), declared, undeclared);
    }

    private static Control control() {
        return shipped().controls().stream()
                .filter(control -> control.gaps().contains(1112))
                .findFirst()
                .orElseThrow();
    }

    private static Report report(Finding finding) {
        Contracts attic = FakeContracts.attic();
        Subject subject = Subject.of(
                        Objects.requireNonNull(attic.sites().get(ATTIC)),
                        control().kind())
                .get(0);
        return new Report(
                ATTIC, Instant.EPOCH, List.of(new Found(control(), subject, finding, Instant.EPOCH, 1)), List.of());
    }

    private static Standard shipped() {
        try (Stream<Path> controls = Files.list(Path.of("contracts/standard"))) {
            List<SourceFile> files = new ArrayList<>(FakeContracts.atticFiles());
            for (Path file : controls.sorted().toList()) {
                files.add(new SourceFile("standard/" + file.getFileName(), Files.readAllBytes(file)));
            }
            files.add(new SourceFile("gaps.yaml", Files.readAllBytes(Path.of("contracts/gaps.yaml"))));
            Loaded loaded = new ContractLoader(new Cel()).load(files);
            assertThat(loaded.render()).isEmpty();
            return ((Loaded.Ok) loaded).contracts().standard();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
