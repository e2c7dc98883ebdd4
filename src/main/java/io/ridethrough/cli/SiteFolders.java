package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.load.SourceFile;
import io.ridethrough.contract.load.Tree;
import io.ridethrough.draft.Draft;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The folders of sites as they lie on disk, read and added to one by one, whether the whole is valid or not. */
final class SiteFolders {
    @Mixin
    private final Installation installation = new Installation();

    @Option(names = "--contracts", paramLabel = "FOLDER", description = "The contracts (default: as configured).")
    private @Nullable Path contracts;

    Path contracts() {
        return contracts == null ? installation.settings().path("ridethrough.contracts") : contracts;
    }

    Settings settings() {
        return installation.settings();
    }

    boolean has(SiteId site) {
        return Files.exists(contracts().resolve("sites").resolve(site.value()));
    }

    /** @throws UserError when it can be no site's name */
    static SiteId id(String said) {
        try {
            return new SiteId(said);
        } catch (IllegalArgumentException e) {
            throw new UserError("a site cannot be called \"" + said + "\": use lower-case letters, digits and dashes");
        }
    }

    /** Writes the folder, and nothing when there is one already. */
    Path write(Draft draft, boolean everyField) {
        try {
            return draft.write(contracts(), everyField);
        } catch (FileAlreadyExistsException e) {
            throw new UserError(
                    e.getFile() + ": error: is there already and is never overwritten. Nothing was changed.");
        } catch (IOException e) {
            throw new UserError(contracts() + ": error: cannot be written: " + e.getMessage());
        }
    }

    /** The trees of a site's files, by their names without {@code .yaml}. */
    Map<String, JsonNode> trees(SiteId site) {
        Path folder = contracts().resolve("sites").resolve(site.value());
        Map<String, JsonNode> trees = new TreeMap<>();
        try {
            for (SourceFile file : ContractFolder.read(folder)) {
                Tree tree = Tree.read(folder.resolve(file.path()).toString(), file);
                if (!tree.trouble().isEmpty()) {
                    throw new UserError(tree.trouble().get(0).render());
                }
                trees.put(file.path().replace(".yaml", ""), tree.root());
            }
        } catch (IOException e) {
            throw new UserError(folder + ": error: cannot be read: " + e.getMessage());
        }
        return trees;
    }

    /** The words that check these contracts. */
    String checkWords() {
        return contracts == null ? "check" : "check " + contracts;
    }
}
