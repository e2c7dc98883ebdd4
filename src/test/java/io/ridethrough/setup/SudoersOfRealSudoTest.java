package io.ridethrough.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Stack;
import io.ridethrough.target.nas.SynologyCommands;
import io.ridethrough.target.off.DelayedPowerOff;
import io.ridethrough.target.proxmox.RootCommands;
import io.ridethrough.target.ssh.AssetCommand;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.Permitted;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.SshHosts;
import io.ridethrough.target.stack.ComposeCommands;
import io.ridethrough.target.way.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the recipe lets through, asked of the real sudo in a mount namespace of its own; no command is run. */
class SudoersOfRealSudoTest {
    /** Any user of the system that is not root. */
    private static final String USER = "nobody";

    private static final AssetId NODE = AssetId.parse("attic/pve2");
    private static final AssetId NAS = AssetId.parse("attic/nas");
    private static final Duration TEN = Duration.ofSeconds(10);
    private static final AssetId WEB = AssetId.parse("attic/web");
    private static final AssetId WIKI = AssetId.parse("attic/wiki");
    private static final AssetId MOUNTER = AssetId.parse("attic/pve1");

    @TempDir
    Path folder;

    @Test
    void letsThroughEveryCommandThatIsSentAndNothingNextToIt() throws Exception {
        Contracts contracts = contracts();
        Node node = (Node) contracts.asset(NODE).orElseThrow();
        List<String> rules = rules(contracts, node);
        List<String> sent = asked(RootCommands.of(node, Map.of(102, Form.VM)));
        assertThat(sent).hasSizeGreaterThan(14);

        assertThat(allowed(rules, sent)).isEqualTo(sent);
        List<String> ofEitherKind = List.of("timeout -k 5 30 qm status 102", "timeout -k 5 30 pct status 102");
        assertThat(allowed(rules, ofEitherKind))
                .as("what is not there as the one kind is asked for as the other")
                .isEqualTo(ofEitherKind);

        assertThat(allowed(
                        rules,
                        List.of(
                                "id",
                                "timeout -k 5 60 id",
                                "timeout -k 5 60 sh -c 'qm list'",
                                "timeout -k 5 60 qm destroy 102",
                                "timeout -k 5 60 qm stop 102 --skiplock",
                                "timeout -k 5 60 qm stop '102 --skiplock'",
                                "timeout -k 5 60 qm stop 102 extra",
                                "timeout -k 5 60 env qm stop 102",
                                "timeout -k 5 '60 sh -c id qm' list",
                                "timeout -s KILL 60 qm list",
                                "timeout -k 5 60 pvesh delete /nodes/pve2/qemu/102",
                                "timeout -k 5 60 pvesh delete /nodes/" + node.nodeName()
                                        + "/tasks/UPID:a/../../qemu/102",
                                "timeout -k 5 60 pct exec 101 -- sh",
                                "timeout -k 5 60 pvesh create /nodes/pve2/qemu",
                                "timeout -k 5 60 pvesh create /cluster/ha/status/disarm-ha --resource-mode freeze",
                                "timeout -k 5 60 systemctl halt --no-block")))
                .isEmpty();
    }

    @Test
    void letsThroughWhatIsSentBesidesAndNoOtherUnitOrMountOrPackage() throws Exception {
        Contracts contracts = FakeContracts.atticByTheStandard();
        Node node = (Node) contracts.asset(MOUNTER).orElseThrow();
        List<String> rules = rules(contracts, node);
        List<String> sent = asked(RootCommands.besides(contracts, node));
        assertThat(sent)
                .anyMatch(line -> line.endsWith("dist-upgrade"))
                .anyMatch(line -> line.contains("systemd-run") && line.endsWith("systemctl poweroff"))
                .anyMatch(line -> line.contains("systemctl stop ridethrough-off.timer"))
                .anyMatch(line -> line.contains("systemctl restart pvescheduler"))
                .anyMatch(line -> line.contains("umount -f -l /mnt/pve/backups"))
                .anyMatch(line -> line.contains("mount -t nfs") && line.contains(":/volume1/backups"));

        assertThat(allowed(rules, sent)).isEqualTo(sent);

        String mount = sent.stream()
                .filter(line -> line.contains("mount -t nfs"))
                .findFirst()
                .orElseThrow();
        assertThat(allowed(
                        rules,
                        List.of(
                                "timeout -k 5 60 systemctl restart pve-guests",
                                "timeout -k 5 60 systemctl restart pvescheduler networking",
                                "timeout -k 5 10 umount -f -l /",
                                "timeout -k 5 60 apt-get -y -q install nethack",
                                "timeout -k 5 60 systemctl stop ridethrough-off.service",
                                mount.replace("/mnt/pve/backups", "/etc"),
                                mount.replace(":/volume1/backups", ":/volume1/other"))))
                .isEmpty();
    }

    @Test
    void letsThroughWhatTheStandardAsksOfANodeAndNothingNextToIt() throws Exception {
        Contracts contracts = FakeContracts.atticByTheStandard();
        Node node = (Node) contracts.asset(MOUNTER).orElseThrow();
        List<String> sent = asked(contracts.standard().controls().stream()
                        .filter(control -> control.kind() == Control.Kind.NODE)
                        .flatMap(control -> AssetCommand.of(control.probe(), node).stream())
                        .map(AssetCommand::command)
                        .toList())
                .stream()
                .distinct()
                .toList();
        assertThat(sent).hasSizeGreaterThan(15).anyMatch(line -> line.endsWith("sshd -T"));

        assertThat(allowed(rules(contracts, node), sent)).isEqualTo(sent);
        List<String> leavings = List.of("timeout -k 5 15 pvesm list local-zfs");
        assertThat(allowed(rules(contracts, node), leavings)).isEqualTo(leavings);
        assertThat(allowed(
                        rules(contracts, node),
                        List.of(
                                "timeout -k 5 15 pvesm list",
                                "timeout -k 5 15 pvesm list --vmid",
                                "timeout -k 5 15 pvesm list local-zfs --vmid",
                                "timeout -k 5 15 pvesm free local-zfs",
                                "timeout -k 5 10 cat /etc/shadow",
                                "timeout -k 5 10 sshd",
                                "timeout -k 5 10 systemctl show")))
                .isEmpty();
    }

    /** R40: what one older node cannot, none is told; and what was let go of so is put back so, though it was renewed. */
    @Test
    void letsANewerNodeBeLetGoOfOneByOneBesideAnOlderOneAndAfterThatIsRenewed() throws Exception {
        Node older = (Node) FakeContracts.atticClusteredBefore91().asset(NODE).orElseThrow();
        List<String> sent = asked(RootCommands.of(older, Map.of())).stream()
                .filter(line -> line.contains("ha-manager") || line.contains("pve-ha-"))
                .toList();
        assertThat(sent)
                .anyMatch(line -> line.contains("ha-manager set"))
                .anyMatch(line -> line.contains("pve-ha-lrm"));

        for (Contracts clustered : List.of(FakeContracts.atticClusteredAcross91(), contracts())) {
            assertThat(allowed(rules(clustered, clustered.asset(NODE).orElseThrow()), sent))
                    .isEqualTo(sent);
        }
        Contracts alone = FakeContracts.attic();
        assertThat(allowed(rules(alone, alone.asset(NODE).orElseThrow()), sent))
                .as("not where there is no cluster")
                .isEmpty();
    }

    /** The group docker would be root, and so would docker without bounds. */
    @Test
    void letsAStackBeAskedStoppedAndBroughtUpAndNothingElseOfDocker() throws Exception {
        Contracts contracts = FakeContracts.atticByTheStandard();
        List<String> rules = rules(contracts, contracts.asset(WEB).orElseThrow());
        ComposeCommands compose = ComposeCommands.of(stack(contracts));
        Duration grace = Duration.ofSeconds(90);
        List<String> sent = asked(List.of(
                compose.ps(),
                compose.services(),
                compose.ids(),
                compose.policies(List.of("0f3a", "77")),
                compose.stop(grace, TEN),
                compose.down(grace, TEN),
                compose.up(grace, TEN),
                compose.clear(List.of("db"), TEN),
                compose.clear(List.of("db", "web_1"), TEN)));

        assertThat(allowed(rules, sent)).isEqualTo(sent);

        String ours = "timeout -k 5 10 docker compose --project-directory /srv/wiki -p wiki ";
        List<String> next = new ArrayList<>(List.of(
                "docker ps",
                "timeout -k 5 10 docker ps",
                "timeout -k 5 10 docker run -v /:/h alpine chroot /h",
                "timeout -k 5 10 docker inspect 0f3a",
                "timeout -k 5 10 docker compose up -d",
                ours + "up",
                ours + "-f /tmp/mine.yaml up -d --wait --wait-timeout 90",
                ours + "run web sh",
                ours + "exec web sh",
                ours + "config",
                ours + "down -t 90 -v",
                ours + "rm -f",
                ours + "rm -f -v db",
                ours + "rm -f -s db",
                ours + "stop -t 90 db"));
        sent.stream()
                .filter(line -> line.contains("/srv/wiki"))
                .flatMap(line -> Stream.of(
                        line.replace("/srv/wiki", "/srv/other"),
                        line.replace("/srv/wiki", "/srv/wiki/../other"),
                        line.replace("-p wiki", "-p other"),
                        line.replace("docker compose", "docker -H tcp://192.0.2.9 compose")))
                .forEach(next::add);
        assertThat(allowed(rules, next)).isEmpty();
        Contracts unasked = FakeContracts.attic();
        assertThat(allowed(rules(unasked, unasked.asset(WEB).orElseThrow()), sent))
                .as("how containers come back is not asked there")
                .hasSize(sent.size() - 2);
    }

    @Test
    void takesWhateverTheFolderOfAStackIsCalledByItsLetters() throws Exception {
        String folder = "/srv/[ab]#1^ $x.y";
        Contracts contracts = FakeContracts.atticWithStackIn(folder);
        List<String> rules = rules(contracts, contracts.asset(WEB).orElseThrow());
        ComposeCommands compose = ComposeCommands.of(stack(contracts));
        List<String> sent = asked(List.of(compose.ps(), compose.up(TEN, TEN)));

        assertThat(allowed(rules, sent)).isEqualTo(sent);
        assertThat(allowed(
                        rules,
                        sent.stream()
                                .map(line -> line.replace("[ab]", "a").replace("x.y", "xzy"))
                                .toList()))
                .isEmpty();
    }

    @Test
    void saysThatWhatAComposeFileSaysIsRootsWordAndNeverGivesTheGroupOfDocker() {
        assertThat(Recipe.of(FakeContracts.attic(), WEB, "secrets").orElseThrow())
                .anyMatch(line -> line.contains("can write what its compose file says is root there"))
                .noneMatch(line -> line.contains("group docker"));

        assertThat(Recipe.of(FakeContracts.atticWithoutSudoForStacks(), WEB, "secrets")
                        .orElseThrow())
                .noneMatch(line -> line.contains("NOPASSWD"))
                .anyMatch(line -> line.contains("only in the group docker, which is root in effect"));
        assertThat(Recipe.of(FakeContracts.attic(), WIKI, "secrets").orElseThrow())
                .noneMatch(line -> line.contains("NOPASSWD"))
                .anyMatch(line -> line.contains("setup attic/web prints"));
    }

    private static Stack stack(Contracts contracts) {
        return (Stack) contracts.asset(WIKI).orElseThrow();
    }

    /** Its sudo may know no regular expressions; this one is told by the same lines what it would be told. */
    @Test
    void letsANasBeToldToPowerOffAtOnceAndLaterAndNothingNextToIt() throws Exception {
        Contracts contracts = FakeContracts.atticByTheStandard();
        List<String> rules = rules(contracts, contracts.asset(NAS).orElseThrow());
        assertThat(rules).noneMatch(line -> line.contains("^"));
        Duration delay = Duration.ofSeconds(347);
        List<String> sent = asked(List.of(
                SynologyCommands.powerOff(true, delay),
                SynologyCommands.plainPowerOff(true, delay),
                DelayedPowerOff.ofUnit(delay, true, TEN),
                DelayedPowerOff.ofPlainUnit(delay, true, TEN),
                DelayedPowerOff.callBack(true, TEN),
                DelayedPowerOff.wakeAndEnd(true, TEN)));

        assertThat(allowed(rules, sent)).isEqualTo(sent);

        String unit = sent.get(2);
        String plain = sent.get(3);
        assertThat(allowed(
                        rules,
                        List.of(
                                "timeout -k 5 10 sh -c id",
                                "timeout -k 5 10 systemctl stop sshd",
                                unit.replace("347", "x"),
                                unit.replace("347", "'1 2'"),
                                unit.replace("|| poweroff", "|| reboot"),
                                plain + " id",
                                plain.replace("347", "id"),
                                sent.get(5).replace("rm -f", "rm -rf"))))
                .isEmpty();
        Contracts elsewhere = FakeContracts.attic();
        assertThat(rules(elsewhere, elsewhere.asset(NAS).orElseThrow()))
                .as("nobody there powers it off after us")
                .noneMatch(line -> line.contains("sh -c"));
    }

    /** Lines of an earlier setup may let everything through but one. */
    @Test
    void readinessIsToldWhatElseANodeDoesNotLetThrough() {
        Contracts contracts = FakeContracts.atticByTheStandard();
        Node node = (Node) contracts.asset(MOUNTER).orElseThrow();
        List<String> rules = rules(contracts, node);
        List<RemoteCommand> besides = RootCommands.besides(contracts, node);
        assertThat(told(rules, besides)).isInstanceOf(Told.Done.class);
        for (RemoteCommand one : besides) {
            List<String> without = rules.stream()
                    .filter(line -> !line.endsWith(one.sudoersRule()))
                    .toList();
            assertThat(without).hasSizeLessThan(rules.size());

            assertThat(told(without, RootCommands.of(node, Map.of()))).isInstanceOf(Told.Done.class);
            assertThat(told(without, besides))
                    .isInstanceOfSatisfying(Told.Declined.class, declined -> assertThat(declined.words())
                            .contains(one.line()));
        }
    }

    /** As readiness asks it over SSH, and as this machine's sudo answers by these lines. */
    private Told told(List<String> rules, List<RemoteCommand> commands) {
        return Permitted.all(asked -> CompletableFuture.completedFuture(answered(rules, asked)), commands)
                .toCompletableFuture()
                .join();
    }

    private CommandResult answered(List<String> rules, RemoteCommand asked) {
        try {
            String command = asked.line().replaceFirst("^.*sudo -l -n ", "");
            return allowed(rules, List.of(command)).isEmpty()
                    ? new CommandResult.Exited(1, "", "")
                    : new CommandResult.Exited(0, "/usr/bin/" + command, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static List<String> rules(Contracts contracts, Asset host) {
        String user = SshHosts.accessOf(host).orElseThrow().user();
        return Recipe.of(contracts, host.id(), "secrets").orElseThrow().stream()
                .filter(line -> line.contains("NOPASSWD"))
                .map(line -> line.replaceFirst("^" + user + " ", USER + " "))
                .toList();
    }

    /** As sudo is asked about them. */
    private static List<String> asked(List<RemoteCommand> commands) {
        return commands.stream()
                .map(RemoteCommand::line)
                .map(line -> line.replaceFirst("^sudo -n ", ""))
                .toList();
    }

    private static Contracts contracts() {
        return FakeContracts.atticClustered();
    }

    /** Those of the commands that sudo lets through for the user by these lines. */
    private List<String> allowed(List<String> rules, List<String> commands) throws IOException, InterruptedException {
        Path sudoers = folder.resolve("sudoers");
        Files.write(
                sudoers,
                rules.stream()
                        .map(rule -> rule + "\n")
                        .collect(Collectors.joining("", "Defaults secure_path=\"/usr/sbin:/usr/bin:/sbin:/bin\"\n", ""))
                        .getBytes(StandardCharsets.UTF_8));
        Path script = folder.resolve("ask");
        List<String> lines = new ArrayList<>(List.of(
                "set -e",
                "chown root:root " + sudoers,
                "chmod 440 " + sudoers,
                "visudo -q -c -f " + sudoers,
                "mount --bind " + sudoers + " /etc/sudoers",
                "set +e"));
        for (int i = 0; i < commands.size(); i++) {
            lines.add("sudo -l -n -U " + USER + " " + commands.get(i) + " >/dev/null 2>&1 && echo " + i);
        }
        lines.add("true");
        Files.write(script, lines);
        Process asked = new ProcessBuilder("unshare", "-m", "bash", script.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(asked.waitFor()).as(said).isZero();
        return said.lines().map(line -> commands.get(Integer.parseInt(line))).toList();
    }
}
