package io.ridethrough.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Stack;
import io.ridethrough.realparts.OpenSsh;
import io.ridethrough.target.BootId;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.nas.NasSshWay;
import io.ridethrough.target.nas.SynologyCommands;
import io.ridethrough.target.off.DelayedPowerOff;
import io.ridethrough.target.proxmox.ClusterState;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodePart;
import io.ridethrough.target.proxmox.RootCommands;
import io.ridethrough.target.proxmox.SshWay;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.ForcedCommand;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.stack.ComposeCommands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The forced command that the recipe prints, run by a real shell with its grep, and by a real sshd. */
@Timeout(120)
class ForcedCommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(17);
    private static final List<String> BESIDE = List.of("; id", "$(id)", "\nid", " /etc/x");
    private static final List<String> MORE_BESIDE = List.of("`id`", " && id", " | id", " > x", " & id", " -x", " ");

    @TempDir
    Path folder;

    @Test
    void letsThroughEveryLineThatIsSentAndNoneWithAnythingBesideIt() throws Exception {
        Contracts standard = FakeContracts.atticByTheStandard();
        Contracts across = FakeContracts.atticClusteredAcross91();
        for (Asset asset : List.of(
                asset(standard, "attic/pve1"),
                asset(standard, "attic/nas"),
                asset(standard, "attic/wiki"),
                asset(across, "attic/pve2"))) {
            Contracts contracts = asset.equals(asset(across, "attic/pve2")) ? across : standard;
            List<String> sent = sent(contracts, asset);
            assertThat(sent).hasSizeGreaterThan(4);

            Asset host = asset instanceof Stack stack
                    ? asset(contracts, stack.runsOn().toString())
                    : asset;
            assertThat(passing(contracts, host, sent)).containsExactlyInAnyOrderElementsOf(sent);

            List<String> wrong = new ArrayList<>(List.of("id", "", "sh", "timeout -k 5 60 id", "qm list"));
            for (String line : sent) {
                BESIDE.forEach(beside -> wrong.add(line + beside));
            }
            MORE_BESIDE.forEach(beside -> wrong.add(sent.get(0) + beside));
            wrong.add("id; " + sent.get(0));
            wrong.add(" " + sent.get(0));
            assertThat(passing(contracts, host, wrong)).isEmpty();
        }
    }

    /** Numbers, tasks, services and storages may be others than those that are known when it is printed. */
    @Test
    void letsThroughOtherNumbersAndTasksAndNothingThatOnlyLooksLikeThem() throws Exception {
        Contracts contracts = FakeContracts.atticByTheStandard();
        Asset node = asset(contracts, "attic/pve1");
        Stack wiki = (Stack) asset(contracts, "attic/wiki");
        List<String> right = List.of(
                "sudo -n timeout -k 5 7 qm status 4711",
                "sudo -n timeout -k 5 7 pvesh delete /nodes/attic-one/tasks/UPID:attic-one:0001:0A:vzdump:101:root@pam:",
                "sudo -n timeout -k 5 7 pvesh delete '/nodes/attic-one/tasks/UPID:attic-one:1:qmstop:101:a@pve!t:'",
                "sudo -n timeout -k 5 7 systemctl restart nfs-client.target.service",
                DelayedPowerOff.ofNode(Duration.ofSeconds(347), true, LIMIT).line(),
                "sudo -n timeout -k 5 7 pvesm list local-zfs");
        assertThat(passing(contracts, node, right)).containsExactlyInAnyOrderElementsOf(right);
        assertThat(passing(
                        contracts,
                        node,
                        List.of(
                                "sudo -n timeout -k 5 7 qm status 47;11",
                                "sudo -n timeout -k 5 7 qm status x",
                                "sudo -n timeout -k 5 7 qm destroy 102",
                                "sudo -n timeout -k 5 7 pvesh delete /nodes/attic-one/tasks/UPID:a$(id)",
                                "sudo -n timeout -k 5 7 pvesh delete '/nodes/attic-one/tasks/UPID:a'id''",
                                "sudo -n timeout -k 5 7 pvesh delete /nodes/attic-one/qemu/102",
                                "sudo -n timeout -k 5 7 pvesh delete /nodes/attic-one/tasks/UPID:a/../../qemu/102",
                                "sudo -n timeout -k 5 7 pvesh delete '/nodes/attic-one/tasks/UPID:a/../../qemu/102'",
                                "sudo -n timeout -k 5 7 systemctl restart --all",
                                "sudo -n timeout -k 5 7 cat /etc/shadow")))
                .isEmpty();
        String clear =
                ComposeCommands.of(wiki).clear(List.of("db", "web.1"), LIMIT).line();
        assertThat(passing(
                        contracts,
                        asset(contracts, wiki.runsOn().toString()),
                        List.of(clear, clear + " -v", clear + " '$x'")))
                .containsExactly(clear);
    }

    /** An argument of a program may not have more than 128 KiB (execve(2)); what is known of a large host has. */
    @Test
    void letsThroughWhatItKnowsHoweverMuchThatIs() throws Exception {
        List<RemoteCommand> known = IntStream.range(0, 2000)
                .mapToObj(i -> RemoteCommand.look(LIMIT, "cat", "/" + "long/".repeat(20) + i))
                .toList();
        Path script =
                written("many", known.stream().map(ForcedCommand::asWritten).toList());
        assertThat(Files.size(script)).isGreaterThan(200_000);
        List<String> sent = Stream.of(known.get(0), known.get(1234), known.get(1999))
                .map(RemoteCommand::line)
                .toList();

        assertThat(passing(script, sent)).isEqualTo(sent);
        assertThat(passing(script, List.of(sent.get(0) + "x", "id\n" + sent.get(0), sent.get(0) + "\nid", "exit 126")))
                .isEmpty();
    }

    @Test
    void sshdRunsWhatPassesAndRefusesAllElseAndAShellToo() throws Exception {
        Contracts contracts = FakeContracts.attic();
        Path script = script(contracts, asset(contracts, "attic/pve1"));
        try (OpenSsh host = OpenSsh.start(folder.resolve("host"))) {
            host.command("timeout", "echo \"$*\" >> \"$EVENTS\"", "exit 3");
            Path key = Path.of(host.identity() + ".pub");
            Files.writeString(
                    key,
                    "restrict,command=\"" + script + "\" "
                            + Files.readString(key).strip() + "\n");
            String sent = BootId.ask().line();

            assertThat(ssh(host, sent)).startsWith("3 ");
            assertThat(host.events()).containsExactly("-k 5 10 cat /proc/sys/kernel/random/boot_id");
            for (String line : List.of(sent + "; id", sent + "\nid", "id", "")) {
                assertThat(ssh(host, line))
                        .startsWith("126 ")
                        .contains("not permitted")
                        .doesNotContain("uid=");
            }
            assertThat(host.events()).hasSize(1);
        }
    }

    private static Asset asset(Contracts contracts, String id) {
        return contracts.asset(AssetId.parse(id)).orElseThrow();
    }

    /** What the ways to it really send, for each question and act. */
    private static List<String> sent(Contracts contracts, Asset asset) {
        FakeShell shell = new FakeShell();
        shell.on("", new CommandResult.Exited(0, "/usr/bin/sudo\n", ""));
        Stream<RemoteCommand> besides = Stream.empty();
        if (asset instanceof Node node) {
            SshWay way = new SshWay(shell);
            nodeAsks(guests(contracts, node)).forEach(ask -> way.ask(node, ask));
            if (node.cluster().isPresent()) {
                way.ask(node, new NodeAsk.Cluster());
                for (ClusterState.Wanted wanted : ClusterState.Wanted.values()) {
                    way.ask(node, new NodeAsk.HighAvailability(wanted, LIMIT));
                }
            }
            besides = Stream.concat(
                    RootCommands.besides(contracts, node).stream(),
                    Stream.of(BootId.ask(), RemoteCommand.look(LIMIT, "true")));
        } else if (asset instanceof Nas nas) {
            NasSshWay way = new NasSshWay(shell);
            List.of(new NasAsk.PowerOff(LIMIT), new NasAsk.Rights(), new NasAsk.Exports())
                    .forEach(ask -> way.ask(nas, ask));
            boolean sudo = nas.ssh().sudo();
            besides = Stream.of(
                    BootId.ask(),
                    SynologyCommands.plainPowerOff(sudo, LIMIT),
                    DelayedPowerOff.ofUnit(LIMIT, sudo, LIMIT),
                    DelayedPowerOff.ofPlainUnit(LIMIT, sudo, LIMIT),
                    DelayedPowerOff.isPending(LIMIT),
                    DelayedPowerOff.isAsleep(LIMIT),
                    DelayedPowerOff.callBack(sudo, LIMIT),
                    DelayedPowerOff.wakeAndEnd(sudo, LIMIT));
        } else {
            ComposeCommands compose = ComposeCommands.of((Stack) asset);
            besides = Stream.of(
                    compose.ps(),
                    compose.services(),
                    compose.stop(LIMIT, LIMIT),
                    compose.down(LIMIT, LIMIT),
                    compose.up(LIMIT, LIMIT));
        }
        return Stream.concat(shell.commands().stream(), besides)
                .map(RemoteCommand::line)
                .distinct()
                .toList();
    }

    private static Map<Integer, Form> guests(Contracts contracts, Node node) {
        return contracts.assets().values().stream()
                .filter(Guest.class::isInstance)
                .map(Guest.class::cast)
                .filter(guest -> guest.runsOn().equals(node.id()))
                .collect(Collectors.toMap(Guest::vmid, Guest::form));
    }

    private static List<NodeAsk> nodeAsks(Map<Integer, Form> guests) {
        List<NodeAsk> asks = new ArrayList<>(List.of(
                new NodeAsk.Working(),
                new NodeAsk.Rights(guests),
                new NodeAsk.Abort("UPID:attic-one:0001:0A:65:vzdump:101:root@pam:", LIMIT),
                new NodeAsk.PowerOff(LIMIT)));
        guests.forEach((vmid, form) -> asks.addAll(List.of(
                new NodeAsk.State(form, vmid),
                new NodeAsk.Guests(form),
                new NodeAsk.Respond(form, vmid),
                new NodeAsk.Tasks(vmid),
                new NodeAsk.Lock(form, vmid),
                new NodeAsk.Shutdown(form, vmid, LIMIT, LIMIT),
                new NodeAsk.Stop(form, vmid, LIMIT),
                new NodeAsk.Start(form, vmid, LIMIT))));
        for (NodePart.Kind part : NodePart.Kind.values()) {
            asks.add(new NodeAsk.Parts(part));
        }
        return asks;
    }

    private Path script(Contracts contracts, Asset asset) throws IOException {
        return written(asset.id().name(), HostCommands.of(contracts, asset));
    }

    private Path written(String host, List<String> expressions) throws IOException {
        Path script = folder.resolve(host + "-only");
        Files.write(script, ForcedCommand.script(host, expressions));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    private List<String> passing(Contracts contracts, Asset asset, List<String> lines) throws Exception {
        return passing(script(contracts, asset), lines);
    }

    /** Those of the lines that it hands to a shell unchanged. That shell only says what it was handed. */
    private List<String> passing(Path script, List<String> lines) throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : List.of("grep", "sed")) {
            if (!Files.exists(bin.resolve(tool))) {
                Files.createSymbolicLink(
                        bin.resolve(tool), Path.of("/usr/bin", tool).toRealPath());
            }
        }
        Path sh = bin.resolve("sh");
        Files.write(sh, List.of("#!/bin/sh", "[ \"$1\" = -c ] && printf '%s\\0' \"$2\""));
        Files.setPosixFilePermissions(sh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path asked = folder.resolve("asked");
        Files.writeString(asked, String.join("\0", lines) + "\0");
        ProcessBuilder all = new ProcessBuilder(
                "/bin/bash",
                "-c",
                "while IFS= read -r -d '' line; do SSH_ORIGINAL_COMMAND=$line \"$0\" 2>/dev/null; done; true",
                script.toString());
        all.environment().put("PATH", bin.toString());
        all.redirectInput(asked.toFile());
        Process process = all.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return Stream.of(said.split("\0", -1)).filter(line -> !line.isEmpty()).toList();
    }

    private static String ssh(OpenSsh host, String line) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "ssh",
                "-T",
                "-i",
                host.identity().toString(),
                "-p",
                Integer.toString(host.port()),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "LogLevel=ERROR",
                "root@127.0.0.1"));
        if (!line.isEmpty()) {
            words.add(line);
        }
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }
}
