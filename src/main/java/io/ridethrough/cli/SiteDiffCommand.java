package io.ridethrough.cli;

import io.ridethrough.draft.Parity;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What one site declares and the other does not. */
@Command(name = "diff", description = "Shows side by side what one site declares and the other does not.")
final class SiteDiffCommand implements Callable<Integer> {
    @Mixin
    private final SiteFolders folders = new SiteFolders();

    @Parameters(index = "0", paramLabel = "SITE", description = "The one site.")
    private String left = "";

    @Parameters(index = "1", paramLabel = "OTHER", description = "The other site.")
    private String right = "";

    @Option(names = "--all", description = "Also what both declare.")
    private boolean all;

    @Override
    public Integer call() {
        List<Parity.Row> rows = Parity.of(folders.trees(SiteFolders.id(left)), folders.trees(SiteFolders.id(right)));
        List<Parity.Row> oneSided = rows.stream().filter(Parity.Row::oneSided).toList();
        List<Parity.Row> shown = all
                ? rows.stream()
                        .filter(row -> row.left().declared() + row.right().declared() > 0)
                        .toList()
                : oneSided;
        if (!shown.isEmpty()) {
            row("declared in", left, right);
        }
        shown.forEach(row -> row(row.field(), row.left().toString(), row.right().toString()));
        System.out.println(
                oneSided.isEmpty()
                        ? "Parity: neither declares a field that the other never does."
                        : oneSided.size() + " fields are declared by one of the two only.");
        return Exit.WELL;
    }

    private static void row(String field, String left, String right) {
        System.out.printf("%-48s  %-14s  %s%n", field, left, right);
    }
}
