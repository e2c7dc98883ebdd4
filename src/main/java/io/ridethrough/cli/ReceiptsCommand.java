package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.api.ReceiptsApi;
import io.ridethrough.receipt.ReceiptFile;
import io.ridethrough.receipt.VerifyingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What was decided, done and seen: to be listed, read, taken along and proved. Changes nothing. */
@Command(
        name = "receipts",
        description = "What was decided, done and seen: lists, shows, exports and proves receipts; changes nothing.",
        subcommands = {
            ReceiptsCommand.All.class,
            ReceiptsCommand.Show.class,
            ReceiptsVerifyCommand.class,
            ReceiptsCommand.Export.class,
            ReceiptsCommand.Key.class
        })
final class ReceiptsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: receipts list, show, verify, export or key.");
    }

    /** A line each. */
    @Command(name = "list", description = "Lists every receipt, a line each, oldest first.")
    static final class All implements Callable<Integer> {
        @Mixin
        private final ReceiptSource source = new ReceiptSource();

        @Option(
                names = "--kind",
                paramLabel = "KIND",
                description = "Only those of this kind: run, drill, standard, gaps or journal.")
        private @Nullable String kind;

        @Option(names = "--json", description = "Print JSON, a line each.")
        private boolean json;

        @Override
        public Integer call() {
            ReceiptFile.Content content = source.content();
            content.receipts().stream()
                    .map(ReceiptsApi::summary)
                    .filter(one -> kind == null || one.path("kind").asText().equals(kind))
                    .forEach(one -> System.out.println(json ? one : line(one)));
            return ended(content);
        }

        private static String line(JsonNode one) {
            return String.format(
                    Locale.ROOT,
                    "%5d  %-8s  %-20s  %-12s  %s",
                    one.path("number").asLong(),
                    one.path("kind").asText(),
                    one.path("at").asText().replaceAll("\\.[0-9]+Z", "Z"),
                    one.path("result").asText(),
                    one.path("name").asText());
        }
    }

    /** One, whole. */
    @Command(name = "show", description = "Shows one receipt, whole, as JSON.")
    static final class Show implements Callable<Integer> {
        @Mixin
        private final ReceiptSource source = new ReceiptSource();

        @Parameters(paramLabel = "RECEIPT", description = "Its number, or the run or other thing that it is of.")
        private String which = "";

        @Option(names = "--json", description = "On one line, as it was written.")
        private boolean json;

        @Override
        public Integer call() {
            JsonNode found = source.one(which);
            System.out.println(json ? found.toString() : found.toPrettyString());
            return Exit.WELL;
        }
    }

    /** All of them, in a file that needs no service. */
    @Command(
            name = "export",
            description = "Writes every receipt to a file, which can be read and proved without a service.")
    static final class Export implements Callable<Integer> {
        @Mixin
        private final ReceiptSource source = new ReceiptSource();

        @Parameters(paramLabel = "TO", description = "The file to write; it must not be there yet.")
        private Path to = Path.of("receipts.jsonl");

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            ReceiptFile.Content content = source.content();
            try {
                Files.createFile(to);
                Files.writeString(to, ReceiptFile.write(content.receipts()));
            } catch (IOException e) {
                throw new UserError(to + ": error: cannot be written"
                        + (Files.exists(to) ? ": it is there already" : "") + ". Nothing was changed.");
            }
            ObjectNode told = JsonNodeFactory.instance
                    .objectNode()
                    .put("file", to.toString())
                    .put("receipts", content.receipts().size());
            System.out.println(
                    json
                            ? told
                            : content.receipts().size() + " receipts are in " + to + "\nNext: "
                                    + Ridethrough.typed("receipts verify --file " + to));
            return ended(content);
        }
    }

    /** The half of the key that may be told to everybody. */
    @Command(
            name = "key",
            description = "Prints the public key by which this installation's receipts are proved; needs no service.")
    static final class Key implements Callable<Integer> {
        @Mixin
        private final ReceiptSource source = new ReceiptSource();

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            VerifyingKey key = source.ownKey()
                    .orElseThrow(() -> new UserError("there is no key yet in "
                            + source.keyFile().open() + ": the service makes it at its first start"));
            System.out.print(
                    json
                            ? JsonNodeFactory.instance
                                            .objectNode()
                                            .put("key", key.text())
                                            .put("fingerprint", key.fingerprint())
                                            .put("pem", key.pem())
                                    + "\n"
                            : key.pem());
            if (!json) {
                System.err.println(key.fingerprint());
            }
            return Exit.WELL;
        }
    }

    private static int ended(ReceiptFile.Content content) {
        content.flaw().ifPresent(flaw -> System.err.println(flaw.what() + ". What stands before it is shown."));
        return content.flaw().isEmpty() ? Exit.WELL : Exit.REFUSED;
    }

    static List<Path> files(@Nullable List<Path> named) {
        return named == null ? List.of() : named;
    }
}
