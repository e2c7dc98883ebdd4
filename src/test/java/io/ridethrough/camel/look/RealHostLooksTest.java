package io.ridethrough.camel.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import io.ridethrough.lab.net.FreePort;
import io.ridethrough.realparts.Until;
import io.ridethrough.standard.Cel;
import io.ridethrough.standard.Evaluation;
import io.ridethrough.standard.Finding;
import io.ridethrough.standard.Looks;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.probe.NameQuery;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped controls judge real parts of Debian, on loopback: a name server whose program is taken away, the
 * configuration of an SSH server, a queue of mail that does not leave, and what this machine says of its ports, accounts
 * and mounts.
 */
class RealHostLooksTest {
    private static final SiteId SITE = new SiteId("attic");

    @TempDir
    Path folder;

    private final List<Process> running = new ArrayList<>();
    private Path program = Path.of("dnsmasq");
    private String mountedAt = "/mnt/pve/backups";
    private Contracts contracts = FakeContracts.attic();
    private int port;

    /** Runs what is asked here, as if this machine were the one that is asked. */
    private final Shell here = new Shell() {
        @Override
        public CompletionStage<CommandResult> run(AssetId host, RemoteCommand command) {
            return CompletableFuture.supplyAsync(() -> ran(command.arguments()));
        }
    };

    @BeforeEach
    void declare() throws IOException {
        program = folder.resolve("dnsmasq");
        contracts = contracts();
        port = FreePort.onLoopback();
    }

    @AfterEach
    void end() {
        running.forEach(Process::destroyForcibly);
    }

    @Test
    void aNameServerThatBlocksWhatItMustIsWell() throws Exception {
        serve("--address=/ads.example/0.0.0.0");

        assertThat(found("listed-name-is-blocked")).isInstanceOf(Finding.Holds.class);
        assertThat(found("names-are-answered")).isInstanceOf(Finding.Holds.class);
        assertThat(found("name-service-has-its-program")).isInstanceOf(Finding.Holds.class);
    }

    @Test
    void aNameServerThatTellsWhatItMustBlockIsBroken() throws Exception {
        serve("--address=/ads.example/192.0.2.9");

        assertThat(found("listed-name-is-blocked")).isInstanceOf(Finding.Broken.class);
        assertThat(found("listed-name-is-blocked").evidence()).contains("ads.example is 192.0.2.9");
        assertThat(found("names-are-answered")).isInstanceOf(Finding.Holds.class);
    }

    @Test
    void aNameServerWhoseProgramIsGoneIsBrokenAlsoWhileItStillAnswers() throws Exception {
        serve("--address=/ads.example/0.0.0.0");
        Files.delete(program);

        assertThat(found("name-service-has-its-program")).isInstanceOf(Finding.Broken.class);
        assertThat(found("names-are-answered")).isInstanceOf(Finding.Holds.class);

        running.get(0).destroyForcibly().waitFor();
        assertThat(found("names-are-answered")).isInstanceOf(Finding.Broken.class);
        assertThat(found("listed-name-is-blocked")).isInstanceOf(Finding.Broken.class);
    }

    @Test
    void anSshServerThatLetsRootInByPasswordIsBroken() throws Exception {
        assertThat(sshd("PermitRootLogin yes")).isInstanceOf(Finding.Broken.class);
        assertThat(sshd("PermitRootLogin prohibit-password")).isInstanceOf(Finding.Holds.class);
        assertThat(sshd("PermitRootLogin no")).isInstanceOf(Finding.Holds.class);
    }

    @Test
    void mailThatDoesNotLeaveIsBrokenUntilItIsGone() throws Exception {
        postfix("relayhost =");
        assertThat(found("mail-leaves")).isInstanceOf(Finding.Holds.class);

        ran(List.of("sendmail", "-f", "pve1@attic.example", "root@attic.example"));
        assertThat(found("mail-leaves")).isInstanceOf(Finding.Broken.class);
        assertThat(found("mail-leaves").evidence()).contains("root@attic.example");

        ran(List.of("postsuper", "-d", "ALL"));
        assertThat(found("mail-leaves")).isInstanceOf(Finding.Holds.class);
    }

    @Test
    void aNodeThatHandsItsMailToNobodyIsBroken() throws Exception {
        postfix("relayhost =");
        assertThat(found("mail-has-a-relay")).isInstanceOf(Finding.Broken.class);

        postfix("relayhost = [127.0.0.1]:1");
        assertThat(found("mail-has-a-relay")).isInstanceOf(Finding.Holds.class);
    }

    @Test
    void whatListensOnLoopbackAloneIsNotExposedAndEveryAccountWithAShellIsSeen() throws Exception {
        try (ServerSocket own = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(found("open-ports-as-declared").evidence())
                    .contains("asset.exposed_ports = [22]")
                    .contains("seen.listening = [")
                    .doesNotContain(Integer.toString(own.getLocalPort()));
        }
        assertThat(found("accounts-as-declared").evidence())
                .containsPattern("seen\\.accounts = \\[(\\S+, )*root[\\],]")
                .doesNotContain("nobody");
    }

    @Test
    void aMountIsWellOnlyWhereItIsOne() throws Exception {
        mount("/proc");
        assertThat(found("mounts-answer")).isInstanceOf(Finding.Holds.class);

        mount("/proc/");
        assertThat(found("mounts-answer")).isInstanceOf(Finding.Holds.class);

        mount(folder.toString());
        assertThat(found("mounts-answer")).isInstanceOf(Finding.Broken.class);
        assertThat(found("mounts-answer").evidence()).contains(folder + " is not mounted: it is a folder of /");

        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/proc"));
        mount(link.toString());
        assertThat(found("mounts-answer").evidence()).contains(link + " is a link to what is mounted on /proc");

        mount("/proc/nowhere");
        assertThat(found("mounts-answer").evidence()).contains("/proc/nowhere is not mounted: there is no such folder");
    }

    private void mount(String at) {
        mountedAt = at;
        contracts = contracts();
    }

    private Finding sshd(String setting) throws IOException, InterruptedException {
        Path key = folder.resolve("host_key");
        if (!Files.exists(key)) {
            ran(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
        }
        Files.createDirectories(Path.of("/run/sshd"));
        Files.write(folder.resolve("sshd_config"), List.of("HostKey " + key, setting));
        return found("root-needs-a-key");
    }

    /** A queue of its own; no daemon runs that would empty it. */
    private void postfix(String setting) throws IOException {
        Path mail = Files.createDirectories(folder.resolve("mail"));
        Files.copy(
                Path.of("/usr/share/postfix/master.cf.dist"),
                mail.resolve("master.cf"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.write(
                mail.resolve("main.cf"),
                List.of(
                        "queue_directory = " + folder.resolve("queue"),
                        "data_directory = " + folder.resolve("data"),
                        "daemon_directory = /usr/lib/postfix/sbin",
                        "command_directory = /usr/sbin",
                        "mail_owner = postfix",
                        "setgid_group = postdrop",
                        "inet_interfaces = loopback-only",
                        "compatibility_level = 3.6",
                        setting));
        Files.createDirectories(folder.resolve("queue"));
        Files.createDirectories(folder.resolve("data"));
        ran(List.of("postfix", "check"));
    }

    /** The program is a copy, which may be taken away. */
    private void serve(String address) throws IOException {
        Files.copy(Path.of("/usr/sbin/dnsmasq"), program);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        running.add(new ProcessBuilder(
                        program.toString(),
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--no-resolv",
                        "--no-hosts",
                        "--user=root",
                        "--pid-file=" + folder.resolve("pid"),
                        "--bind-interfaces",
                        "--listen-address=127.0.0.1",
                        "--port=" + port,
                        "--address=/example.com/192.0.2.7",
                        address)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start());
        Until.holds(
                () -> found("names-are-answered") instanceof Finding.Holds,
                Duration.ofSeconds(30),
                () -> found("names-are-answered") + "; its log: " + log());
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    /** What the control finds at the first asset of its kind. */
    private Finding found(String control) {
        Evaluation evaluation = new Evaluation(() -> contracts, only(control), InstantSource.system());
        return evaluation.of(SITE).orElseThrow().toCompletableFuture().join().found().stream()
                .filter(one -> one.control().id().equals(control))
                .findFirst()
                .orElseThrow()
                .finding();
    }

    /** Asks for that control, and for nothing else. */
    private Looks only(String control) {
        Control.Probe wanted = contracts.standard().controls().stream()
                .filter(one -> one.id().equals(control))
                .findFirst()
                .orElseThrow()
                .probe();
        CommandLooks commands = new CommandLooks(here);
        Looks looks =
                switch (wanted.ask()) {
                    case DNS -> new NameLooks(new NameQuery(toLoopback(), ForkJoinPool.commonPool()));
                    case NAME_PROGRAM -> new NameProgramLooks(here);
                    case LISTENING, ACCOUNTS -> new ExposureLooks(commands);
                    case MOUNTS -> new MountLooks(here);
                    default -> commands;
                };
        return (probe, subject) -> probe.equals(wanted)
                ? looks.look(probe, subject)
                : CompletableFuture.completedStage(new Looks.Look.Unseen("it is not asked"));
    }

    private Wiring toLoopback() {
        return new Wiring() {
            @Override
            public InetSocketAddress tcp(String host, int declared) {
                return InetSocketAddress.createUnresolved("nowhere", declared);
            }

            @Override
            public InetSocketAddress udp(String host, int declared) {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            }
        };
    }

    private CommandResult ran(List<String> words) {
        List<String> command = new ArrayList<>(words);
        Path installed = Path.of("/usr/sbin", words.get(0));
        if (Files.exists(installed)) {
            command.set(0, installed.toString());
        }
        if (words.get(0).equals("sshd")) {
            command.addAll(List.of("-f", folder.resolve("sshd_config").toString()));
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("MAIL_CONFIG", folder.resolve("mail").toString());
            Process process = builder.start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            return new CommandResult.Exited(process.exitValue(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Contracts contracts() {
        String policy = "name-policy: {blocks: ads.example, program: [test, -x, \"" + program + "\"]}\n";
        try (Stream<Path> controls = Files.list(Path.of("contracts/standard"))) {
            List<SourceFile> files = new ArrayList<>(FakeContracts.atticFiles());
            put(files, "site", text -> text + policy);
            put(files, "nodes", text -> text.replace(
                            "    ssh: {host: 192.0.2.11}\n",
                            "    ssh: {host: 192.0.2.11}\n    exposes: {ports: [22], accounts: [root]}\n")
                    .replace("/mnt/pve/backups", mountedAt));
            for (Path file : controls.sorted().toList()) {
                files.add(new SourceFile("standard/" + file.getFileName(), Files.readAllBytes(file)));
            }
            Loaded loaded = new ContractLoader(new Cel()).load(files);
            assertThat(loaded.render()).isEmpty();
            return ((Loaded.Ok) loaded).contracts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(List<SourceFile> files, String name, UnaryOperator<String> change) throws IOException {
        String path = "sites/attic/" + name + ".yaml";
        assertThat(files.removeIf(file -> file.path().equals(path))).isTrue();
        String text = Files.readString(Path.of("src/test/resources/contracts/attic", path));
        files.add(new SourceFile(path, change.apply(text).getBytes(StandardCharsets.UTF_8)));
    }
}
