package io.ridethrough.contract.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.ridethrough.contract.FakeContracts;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileInputTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private final ContractLoader loader = new ContractLoader();

    @Test
    void neverThrowsForFlippedBytesAndSaysWhereTheyAre() {
        List<SourceFile> files = FakeContracts.atticFiles();
        Random random = new Random(20260101);
        for (int round = 0; round < 600; round++) {
            SourceFile victim = files.get(random.nextInt(files.size()));
            byte[] bytes = victim.bytes().clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            List<SourceFile> changed = files.stream()
                    .map(f -> f == victim ? new SourceFile(f.path(), bytes) : f)
                    .toList();

            Loaded loaded = loader.load(changed);

            assertThat(loaded.diagnostics()).allSatisfy(d -> {
                assertThat(d.line()).isPositive();
                assertThat(d.column()).isPositive();
                assertThat(d.what()).isNotBlank();
            });
            assertThat(loaded.render()).doesNotContain("\u001b");
        }
    }

    @Test
    void neverThrowsForCutAndSplicedFiles() {
        List<SourceFile> files = FakeContracts.atticFiles();
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            int from = random.nextInt(files.size());
            byte[] donor = files.get(random.nextInt(files.size())).bytes();
            byte[] cut = java.util.Arrays.copyOf(donor, random.nextInt(donor.length));
            List<SourceFile> changed = new java.util.ArrayList<>(files);
            changed.set(from, new SourceFile(files.get(from).path(), cut));

            assertThat(loader.load(changed).render()).isNotNull();
        }
    }

    @Test
    void refusesAnAliasBombWithoutExpandingIt() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i));
            bomb.append(("*a" + (i - 1) + ", ").repeat(8)).append("x]\n");
        }
        assertQuicklyRefused(bomb.toString(), "an alias is not allowed in contracts");
    }

    @Test
    void survivesLongKeysAroundManyValues() {
        StringBuilder text = new StringBuilder();
        for (int depth = 0; depth < 45; depth++) {
            text.append(" ".repeat(depth)).append("k".repeat(1000)).append(":\n");
        }
        text.append(" ".repeat(45)).append('[').append("a,".repeat(400_000)).append("a]\n");
        assertQuicklyRefused(text.toString(), "too many values under long keys in one file");
    }

    @Test
    void survivesManyErrorsInOneFile() {
        assertQuicklyRefused("x: y\n".repeat(200_000), "key \"x\" is here twice");
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            keys.append("key").append(i).append(": y\n");
        }
        assertQuicklyRefused(keys.toString(), "unknown key");
    }

    @Test
    void survivesManyUnknownReferencesAmongManyNames() {
        StringBuilder guests = new StringBuilder("guests:\n");
        for (int i = 0; i < 12_000; i++) {
            guests.append(
                    "- {id: gue%d, kind: vm, vmid: %d, runs-on: pve1, needs: [gst-%d]}%n".formatted(i, 1000 + i, i));
        }
        ChangedAttic changed = new ChangedAttic().with("guests", guests.toString());
        String shown = assertTimeoutPreemptively(
                LONG, () -> loader.load(changed.files()).render());
        assertThat(shown)
                .contains("which no site declares")
                .contains("more is wrong in this file than the 100 that are shown");
    }

    @Test
    void findsOneLongCycleAmongManyAssets() {
        StringBuilder guests = new StringBuilder("guests:\n");
        for (int i = 0; i < 1_900; i++) {
            guests.append("- {id: g%d, kind: vm, vmid: %d, runs-on: pve1, needs: [g%d]}%n"
                    .formatted(i, 1000 + i, (i + 1) % 1_900));
        }
        ChangedAttic changed = new ChangedAttic()
                .with("guests", guests.toString())
                .with("stacks", "none: x\n")
                .with("services", "none: x\n")
                .with("backup", "none: x\n")
                .replace("site", "name-service: dns\n", "");
        String shown = assertTimeoutPreemptively(
                LONG, () -> loader.load(changed.files()).render());
        assertThat(shown)
                .contains("a cycle: attic/g0 needs attic/g1, which needs attic/g2")
                .contains("1 error. Nothing was changed.");
    }

    private void assertQuicklyRefused(String text, String what) {
        ChangedAttic changed = new ChangedAttic().with("backup", text);
        String shown = assertTimeoutPreemptively(
                LONG, () -> loader.load(changed.files()).render());
        assertThat(shown).contains(what).contains("Nothing was changed.");
    }
}
