package io.ridethrough.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Dry run is the default everywhere; {@code --execute} is the deliberate word. */
@Command(
        name = "ridethrough",
        description = "Takes whole sites down in dependency order when power fails, and brings them back, verified.",
        mixinStandardHelpOptions = true,
        versionProvider = Ridethrough.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and all is well",
            "1:refused, or what was read is not valid; nothing was changed",
            "2:the command line itself is wrong",
            "3:a run went to its end, but not every step is well",
            "4:no service answers",
            "5:the program itself broke; the log says where"
        },
        subcommands = {
            ServeCommand.class,
            ReloadCommand.class,
            CheckCommand.class,
            DoctorCommand.class,
            PlanCommand.class,
            ForecastCommand.class,
            RunCommand.class,
            RemedyCommand.class,
            VerifyCommand.class,
            StandardCommand.class,
            ParityCommand.class,
            GapsCommand.class,
            AcceptCommand.class,
            DashboardsCommand.class,
            ReceiptsCommand.class,
            StatusCommand.class,
            WatchCommand.class,
            ResumeCommand.class,
            AcceptJournalCommand.class,
            AbandonCommand.class,
            StepCommand.class,
            RehearseCommand.class,
            ReadyToActCommand.class,
            SetupCommand.class,
            ArmCommand.class,
            InhibitCommand.class,
            DeferCommand.class,
            BeginNowCommand.class,
            HoldCommand.class,
            SiteCommand.class,
            LabCommand.class
        })
public final class Ridethrough implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: a command is missing.");
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /** Runs one command and returns its exit code. */
    static int execute(String... args) {
        return new CommandLine(new Ridethrough())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Explained::usage)
                .setExecutionExceptionHandler(Explained::trouble)
                .execute(args);
    }

    /** A command as it is typed here, so that it can be copied. */
    static String typed(String words) {
        String started = System.getProperty("sun.java.command", "").split(" ", 2)[0];
        URL here = Objects.requireNonNull(Ridethrough.class.getResource("Ridethrough.class"), "this class is read");
        boolean fromJar = started.endsWith(".jar") && here.getProtocol().equals("jar");
        return (fromJar ? "java -jar " + started : "ridethrough") + " " + words;
    }

    /** The version that was built. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            Properties properties = new Properties();
            try (InputStream in = Ridethrough.class.getResourceAsStream(
                    "/META-INF/maven/io.ridethrough/ridethrough/pom.properties")) {
                if (in != null) {
                    properties.load(in);
                }
            }
            return new String[] {"ridethrough " + properties.getProperty("version", "(not packaged)")};
        }
    }
}
