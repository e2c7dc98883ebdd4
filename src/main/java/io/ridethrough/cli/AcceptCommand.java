package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import io.ridethrough.standard.Cel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Writes deviations from the standard into a site's contracts, with who answers for them and until when. Nothing that
 * could not be seen is accepted: nobody can answer for what nobody knows.
 */
@Command(
        name = "accept",
        description = "Writes what is broken at a site into its acceptances.yaml, so that what breaks anew stands out.")
final class AcceptCommand implements Callable<Integer> {
    /** One finding, or all of them. */
    static final class What {
        @Option(names = "--baseline", description = "Everything that is broken now.")
        private boolean baseline;

        @Option(names = "--control", paramLabel = "CONTROL", description = "What is broken of this control.")
        private @Nullable String control;
    }

    @Mixin
    private final Installation installation = new Installation();

    @Parameters(paramLabel = "SITE", description = "The site.")
    private String site = "";

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Option(names = "--until", required = true, paramLabel = "DAY", description = "The last day on which it counts.")
    private LocalDate until = LocalDate.MIN;

    @Option(names = "--owner", required = true, description = "Who answers for it.")
    private String owner = "";

    @Option(names = "--reason", required = true, description = "Why it is accepted.")
    private String reason = "";

    @Override
    public Integer call() throws IOException {
        JsonNode report = installation
                .client()
                .post("sites/" + ServiceClient.segment(site) + "/standard", JsonNodeFactory.instance.objectNode())
                .orRefusal();
        Path contracts = installation.settings().path("ridethrough.contracts");
        Set<String> known = known(contracts);
        List<String> entries = new ArrayList<>();
        for (JsonNode found : report.path("findings")) {
            String control = found.path("control").asText();
            String asset = found.path("asset").asText();
            if (found.path("finding").asText().equals("broken")
                    && (what.baseline || control.equals(what.control))
                    && !known.contains(control + " " + asset)) {
                entries.add(entry(control, asset));
            }
        }
        if (entries.isEmpty()) {
            throw new UserError("nothing " + (what.baseline ? "" : "of " + what.control + " ") + "is broken at " + site
                    + " that is not accepted already");
        }
        Path file = contracts.resolve("sites").resolve(site).resolve("acceptances.yaml");
        write(contracts, file, entries);
        System.out.println(entries.size() + " accepted until " + until + " in " + file);
        System.out.println("It counts once the service is started anew.");
        return Exit.WELL;
    }

    /** What is accepted in the folder at least as long; the service may not have read it yet. */
    private Set<String> known(Path contracts) {
        return new ContractFolder(contracts)
                .contracts().standard().acceptances().stream()
                        .filter(one ->
                                one.site().value().equals(site) && !one.until().isBefore(until))
                        .map(one -> one.control() + " " + one.asset())
                        .collect(Collectors.toSet());
    }

    private String entry(String control, String asset) {
        return "  - control: " + control + "\n    asset: " + asset + "\n    owner: " + quoted(owner) + "\n    reason: "
                + quoted(reason) + "\n    until: \"" + until + "\"\n";
    }

    /** A JSON text is a YAML text on one line. */
    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    /** Whole or not at all: what the loader would refuse is never written. */
    private static void write(Path contracts, Path file, List<String> entries) throws IOException {
        String before = Files.exists(file) ? Files.readString(file) : "";
        if (before.lines().anyMatch(line -> line.startsWith("none:"))) {
            throw new UserError(file + ": error: it says that nothing is accepted; take out \"none\" first");
        }
        String head = before.isBlank()
                ? "# yaml-language-server: $schema=../../schema/acceptances.schema.json\nacceptances:\n"
                : before.endsWith("\n") ? before : before + "\n";
        byte[] text = (head + String.join("", entries)).getBytes(StandardCharsets.UTF_8);
        String path = contracts.relativize(file).toString().replace('\\', '/');
        List<SourceFile> files = new ArrayList<>(ContractFolder.read(contracts));
        files.removeIf(one -> one.path().equals(path));
        files.add(new SourceFile(path, text));
        Loaded loaded = new ContractLoader(new Cel()).load(contracts.toString(), files);
        if (!(loaded instanceof Loaded.Ok)) {
            throw new UserError(loaded.render() + "Nothing was accepted.");
        }
        Path draft = file.resolveSibling("acceptances.yaml.new");
        Files.write(draft, text);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
