package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.journal.Journal;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Answer;
import io.ridethrough.run.MemoryJournal;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Standing;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.CommandResult.Exited;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R40 below 9.1, on a cluster of two nodes that keeps what it is told. */
class RecordedSequenceTest {
    private static final AssetId FIRST = AssetId.parse("attic/pve1");
    private static final AssetId SECOND = AssetId.parse("attic/pve2");
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Contracts contracts = FakeContracts.atticClusteredBefore91();
    private final VirtualTime time = new VirtualTime();
    private final FakeCluster cluster = new FakeCluster();
    private final Journal journal = new MemoryJournal(time);
    private TargetHands hands = begun();

    /** A process that finds what the journal holds. */
    private TargetHands begun() {
        return begun(contracts);
    }

    private TargetHands begun(Contracts declared) {
        return new TargetHands(
                NoInterfaces.tools(declared, cluster, time),
                Optional::empty,
                PowerPaths.NONE,
                Controls.NONE,
                new BeforeDown(Keepsakes.NONE, new Standing(journal), asset -> false));
    }

    @BeforeEach
    void itLooksAfterThree() {
        cluster.resources.putAll(new TreeMap<>(Map.of("ct:101", "stopped", "ct:103", "ignored", "vm:102", "started")));
    }

    @Test
    void itLetsGoInOrderAndIsOffOnlyWhenEveryDaemonIsStopped() {
        assertThat(look(Verb.HA_OFF)).isInstanceOf(Sight.Other.class);

        assertThat(act(Verb.HA_OFF)).isInstanceOf(Answer.Accepted.class);

        assertThat(cluster.acts)
                .containsExactly(
                        "pve1 ha-manager set ct:101 --state ignored",
                        "pve1 ha-manager set vm:102 --state ignored",
                        "pve1 systemctl stop pve-ha-lrm",
                        "pve2 systemctl stop pve-ha-lrm",
                        "pve1 systemctl stop pve-ha-crm",
                        "pve2 systemctl stop pve-ha-crm");
        assertThat(look(Verb.HA_OFF)).isInstanceOf(Sight.Desired.class);

        cluster.stopped.remove("pve2 pve-ha-lrm");
        assertThat(look(Verb.HA_OFF)).isInstanceOfSatisfying(Sight.Other.class, other -> assertThat(other.evidence())
                .contains("pve-ha-lrm runs on attic/pve2"));
    }

    @Test
    void everyStateIsOnRecordBeforeTheFirstCommand() {
        cluster.atFirstAct = () -> assertThat(new Standing(journal).kept(FIRST))
                .isEqualTo(Map.of("ct:101", "stopped", "vm:102", "started"));

        assertThat(act(Verb.HA_OFF)).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void anotherProcessPutsBackWhatWasAskedForBeforeAndNothingElse() {
        act(Verb.HA_OFF);
        hands = begun();
        cluster.acts.clear();
        assertThat(look(Verb.HA_ON)).isInstanceOf(Sight.Other.class);

        assertThat(act(Verb.HA_ON)).isInstanceOf(Answer.Accepted.class);

        assertThat(cluster.acts)
                .containsExactly(
                        "pve1 systemctl start pve-ha-crm pve-ha-lrm",
                        "pve2 systemctl start pve-ha-crm pve-ha-lrm",
                        "pve1 ha-manager set ct:101 --state stopped",
                        "pve1 ha-manager set vm:102 --state started");
        assertThat(cluster.resources).isEqualTo(Map.of("ct:101", "stopped", "ct:103", "ignored", "vm:102", "started"));
        assertThat(look(Verb.HA_ON)).isInstanceOf(Sight.Desired.class);
    }

    @Test
    void whatAPersonHasSetMeanwhileStaysSo() {
        act(Verb.HA_OFF);
        cluster.resources.put("vm:102", "disabled");

        act(Verb.HA_ON);

        assertThat(cluster.resources).containsEntry("vm:102", "disabled").containsEntry("ct:101", "stopped");
    }

    @Test
    void aSequenceThatBrokeOffInTheMiddleIsRecordedAsItWasBeforeIt() {
        cluster.declines = "systemctl stop pve-ha-lrm";
        assertThat(act(Verb.HA_OFF)).isInstanceOf(Answer.Declined.class);
        cluster.declines = "nothing";
        hands = begun();

        assertThat(act(Verb.HA_OFF)).isInstanceOf(Answer.Accepted.class);
        act(Verb.HA_ON);

        assertThat(cluster.resources).containsEntry("vm:102", "started").containsEntry("ct:101", "stopped");
    }

    @Test
    void whatIsDeclinedIsNamedWithTheCommandsForAPersonAndStopsNoDaemon() {
        cluster.declines = "ha-manager set vm:102";

        assertThat(act(Verb.HA_OFF)).isInstanceOfSatisfying(Answer.Declined.class, no -> assertThat(no.evidence())
                .contains("no quorum?", "may be reset", "By hand, on one node: ")
                .contains("ha-manager set vm:102 --state ignored", "systemctl stop pve-ha-lrm")
                .doesNotContain("ct:103"));
        assertThat(cluster.acts).noneMatch(act -> act.contains("systemctl stop"));

        cluster.declines = "ha-manager set ct:101 --state stopped";
        assertThat(act(Verb.HA_ON)).isInstanceOfSatisfying(Answer.Declined.class, no -> assertThat(no.evidence())
                .contains("ha-manager set ct:101 --state stopped")
                .doesNotContain("--state started", "ct:103"));
    }

    @Test
    void aNodeThatIsAwayKeepsTheOthersFromNothingAndIsNotCalledStopped() {
        cluster.away.add(SECOND);

        assertThat(act(Verb.HA_OFF)).isInstanceOf(Answer.Barred.class);

        assertThat(cluster.acts).contains("pve1 systemctl stop pve-ha-lrm", "pve1 systemctl stop pve-ha-crm");
        assertThat(look(Verb.HA_OFF)).isInstanceOf(Sight.Unseen.class);
    }

    /** Its answer is given up, not the others: an emergency does not wait four minutes for it. */
    @Test
    void aNodeThatHangsKeepsTheOthersFromNothingAndIsNotAskedFirst() {
        cluster.hung.add(FIRST);

        assertThat(act(Verb.HA_OFF)).isInstanceOf(Answer.Barred.class);

        assertThat(cluster.acts)
                .containsExactly(
                        "pve2 ha-manager set ct:101 --state ignored",
                        "pve2 ha-manager set vm:102 --state ignored",
                        "pve2 systemctl stop pve-ha-lrm",
                        "pve2 systemctl stop pve-ha-crm");
    }

    /** Between shutdown and startup people renew them. */
    @Test
    void whatWasLetGoOfBelowIsPutBackByTheSequenceWhenItRunsTheNewerVersion() {
        act(Verb.HA_OFF);
        hands = begun(FakeContracts.atticClustered());

        assertThat(look(Verb.HA_ON)).isInstanceOf(Sight.Other.class);
        act(Verb.HA_ON);

        assertThat(cluster.resources).isEqualTo(Map.of("ct:101", "stopped", "ct:103", "ignored", "vm:102", "started"));
    }

    @Test
    void nothingIsPutBackWithoutQuorum() {
        act(Verb.HA_OFF);
        cluster.quorate = false;
        cluster.acts.clear();

        assertThat(look(Verb.HA_ON)).isInstanceOf(Sight.Other.class);
        assertThat(act(Verb.HA_ON)).isInstanceOf(Answer.Undelivered.class);
        assertThat(cluster.acts).noneMatch(act -> act.contains("ha-manager"));
    }

    @Test
    void whereNothingIsLookedAfterNothingIsStopped() {
        cluster.resources.clear();

        assertThat(look(Verb.HA_OFF)).isInstanceOf(Sight.Desired.class);
        assertThat(look(Verb.HA_ON)).isInstanceOf(Sight.Desired.class);
    }

    private Sight look(Verb verb) {
        return time.until(hands.look(Steps.of(verb, "pve1")));
    }

    private Answer act(Verb verb) {
        return time.until(hands.act(Steps.of(verb, "pve1"), new Rung(Rung.Force.GRACEFUL, LIMIT), LIMIT));
    }

    /** Answers as two nodes of one cluster do, and remembers. */
    private static final class FakeCluster implements Shell {
        final Map<String, String> resources = new TreeMap<>();
        final Set<String> stopped = new HashSet<>();
        final Set<AssetId> away = new HashSet<>();
        final Set<AssetId> hung = new HashSet<>();
        final List<String> acts = new ArrayList<>();
        boolean quorate = true;
        String declines = "nothing";
        Runnable atFirstAct = () -> {};

        @Override
        public CompletionStage<CommandResult> run(AssetId host, RemoteCommand command) {
            if (away.contains(host)) {
                return done(new CommandResult.Undelivered(CommandResult.Cause.UNREACHABLE, "no route to host"));
            }
            if (hung.contains(host)) {
                return done(new CommandResult.Lost("no answer in time"));
            }
            List<String> words = command.arguments().stream()
                    .filter(word -> !word.equals("sudo") && !word.equals("-n"))
                    .toList();
            String line = String.join(" ", words);
            if (line.startsWith("pvesh get") || line.startsWith("systemctl is-active")) {
                return done(look(host, words));
            }
            if (acts.isEmpty()) {
                atFirstAct.run();
            }
            if (line.startsWith(declines)) {
                return done(new Exited(255, "", "unable to write - no quorum?"));
            }
            acts.add(host.name() + " " + line);
            if (words.get(0).equals("ha-manager")) {
                resources.put(words.get(2), words.get(4));
            } else {
                words.subList(2, words.size()).forEach(unit -> {
                    if (words.get(1).equals("stop")) {
                        stopped.add(host.name() + " " + unit);
                    } else {
                        stopped.remove(host.name() + " " + unit);
                    }
                });
            }
            return done(new Exited(0, "", ""));
        }

        private CommandResult look(AssetId host, List<String> words) {
            return switch (words.get(2)) {
                case "/cluster/status" ->
                    new Exited(0, "[{\"type\":\"cluster\",\"quorate\":" + (quorate ? 1 : 0) + "}]", "");
                case "/cluster/ha/resources" ->
                    new Exited(
                            0,
                            resources.entrySet().stream()
                                    .map(one ->
                                            "{\"sid\":\"" + one.getKey() + "\",\"state\":\"" + one.getValue() + "\"}")
                                    .collect(Collectors.joining(",", "[", "]")),
                            "");
                case "/cluster/ha/status/current" -> new Exited(0, "[]", "");
                default ->
                    new Exited(
                            3,
                            words.subList(2, words.size()).stream()
                                    .map(unit -> stopped.contains(host.name() + " " + unit) ? "inactive" : "active")
                                    .collect(Collectors.joining("\n")),
                            "");
            };
        }

        private static CompletionStage<CommandResult> done(CommandResult result) {
            return CompletableFuture.completedFuture(result);
        }
    }
}
