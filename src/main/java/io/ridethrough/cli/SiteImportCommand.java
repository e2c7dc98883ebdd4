package io.ridethrough.cli;

import io.ridethrough.draft.Draft;
import io.ridethrough.draft.bindings.Bindings;
import io.ridethrough.draft.bindings.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Site folders out of bindings, and everything in these that does not fit together. */
@Command(
        name = "import",
        description = "Writes the folders of the sites that bindings describe, and lists every contradiction, dangling"
                + " reference, stale entry and assumption in them.")
final class SiteImportCommand implements Callable<Integer> {
    @Mixin
    private final SiteFolders folders = new SiteFolders();

    @Parameters(paramLabel = "BINDINGS", description = "The folder of the bindings; it is only read.")
    private Path bindings = Path.of("");

    @Override
    public Integer call() {
        Bindings.Imported imported = read();
        if (imported.drafts().isEmpty()) {
            throw new UserError(bindings + ": error: no active site is in topology.sites.yaml. Nothing was changed.");
        }
        for (Draft draft : imported.drafts()) {
            if (folders.has(draft.site())) {
                throw new UserError("site " + draft.site() + " has a folder already, which is never overwritten."
                        + " Nothing was changed.");
            }
        }
        imported.unreadable().forEach(System.out::println);
        imported.findings().forEach(finding -> System.out.print(finding.render()));
        imported.drafts().forEach(draft -> System.out.println("Written: " + folders.write(draft, false)));
        System.out.println(Arrays.stream(Finding.Kind.values())
                        .map(kind -> kind.counted(imported.count(kind)))
                        .collect(Collectors.joining(", "))
                + (imported.unreadable().isEmpty()
                        ? "."
                        : "; " + imported.unreadable().size() + " could not be read."));
        NextCommand.say(folders.checkWords());
        return Exit.WELL;
    }

    private Bindings.Imported read() {
        try {
            return Bindings.read(List.copyOf(ContractFolder.read(bindings)));
        } catch (IOException e) {
            throw new UserError(bindings + ": error: no folder of bindings can be read there");
        }
    }
}
