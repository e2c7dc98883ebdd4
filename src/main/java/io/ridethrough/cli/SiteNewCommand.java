package io.ridethrough.cli;

import io.ridethrough.draft.NewSite;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Begins a site: a folder that is valid at once and explains itself. */
@Command(
        name = "new",
        description = "Writes the folder of a new site, every field explained; never over one that is there.")
final class SiteNewCommand implements Callable<Integer> {
    @Mixin
    private final SiteFolders folders = new SiteFolders();

    @Parameters(paramLabel = "SITE", description = "What the site is to be called.")
    private String site = "";

    @Override
    public Integer call() {
        Path folder = folders.write(
                NewSite.of(SiteFolders.id(site), ZoneId.systemDefault().getId()), true);
        System.out.println("Written: " + folder);
        System.out.println("It is valid and declares nothing yet. Begin with site.yaml and nodes.yaml there.");
        NextCommand.say(folders.checkWords());
        return Exit.WELL;
    }
}
