package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Node;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.proxmox.GuestState;
import io.ridethrough.target.proxmox.SshWay;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.CommandResult.Exited;
import io.ridethrough.target.ssh.CommandResult.Undelivered;
import io.ridethrough.traps.Trap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SharedLooksTest {
    private static final String HEAD = "      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID\n";

    /** A command on its way; the test says when and how it ends. */
    private record Sent(String words, CompletableFuture<CommandResult> result) {
        void prints(String out) {
            result.complete(new Exited(0, out, ""));
        }
    }

    private final VirtualTime time = new VirtualTime();
    private final List<Sent> sent = new ArrayList<>();
    private final SharedLooks looks = new SharedLooks(time, (at, ask) -> ssh().ask(at.node(), ask));

    private SshWay ssh() {
        return new SshWay((host, command) -> {
            Sent one = new Sent(String.join(" ", command.arguments()), new CompletableFuture<>());
            sent.add(one);
            return one.result();
        });
    }

    @Test
    void aLookAtAQuietNodeAsksForItsGuestAtOnce() {
        CompletionStage<GuestState> state = looks.state(vm(102));

        assertThat(words()).containsExactly("qm status 102");
        sent.get(0).prints("status: running\n");
        assertThat(state).isCompletedWithValue(new GuestState.At("running"));
    }

    @Test
    void manyLooksAtOnceCostOneListing() {
        CompletionStage<GuestState> first = looks.state(vm(101));
        CompletionStage<GuestState> second = looks.state(vm(102));
        CompletionStage<GuestState> third = looks.state(vm(103));
        time.pass(Duration.ofMillis(2));

        assertThat(words()).containsExactly("qm status 101", "qm list");
        sent.get(1).prints(HEAD + row(102, "running") + row(103, "stopped") + row(101, "stopped"));
        assertThat(second).isCompletedWithValue(new GuestState.At("running"));
        assertThat(third).isCompletedWithValue(new GuestState.At("stopped"));
        assertThat(first).isNotCompleted();
    }

    @Test
    void aLookIsNeverAnsweredByWhatWasSentBeforeItBegan() {
        looks.state(vm(101));
        looks.state(vm(102));
        looks.state(vm(103));
        time.pass(Duration.ofMillis(2));
        CompletionStage<GuestState> late = looks.state(vm(104));
        time.pass(Duration.ofMillis(2));

        assertThat(words()).containsExactly("qm status 101", "qm list", "qm status 104");
        sent.get(1).prints(HEAD + row(102, "running") + row(103, "running") + row(104, "running"));
        assertThat(late).isNotCompleted();
        sent.get(2).prints("status: stopped\n");
        assertThat(late).isCompletedWithValue(new GuestState.At("stopped"));
    }

    @Test
    void whoIsNotListedIsAskedForByNumber() {
        looks.state(vm(101));
        CompletionStage<GuestState> listed = looks.state(vm(102));
        CompletionStage<GuestState> missing = looks.state(vm(103));
        time.pass(Duration.ofMillis(2));
        sent.get(1).prints(HEAD + row(102, "running"));

        assertThat(listed).isCompletedWithValue(new GuestState.At("running"));
        assertThat(missing).isNotCompleted();
        assertThat(words()).endsWith("qm status 103");
    }

    @Test
    @Trap(2)
    void anEmptyOrFailedListingIsNoState() {
        for (Exited nothing : List.of(new Exited(0, "", ""), new Exited(255, "", "ipcc_send_rec[1] failed"))) {
            sent.clear();
            looks.state(vm(101));
            CompletionStage<GuestState> second = looks.state(vm(102));
            CompletionStage<GuestState> third = looks.state(vm(103));
            time.pass(Duration.ofMillis(2));
            sent.get(1).result().complete(nothing);

            assertThat(second).isNotCompleted();
            assertThat(third).isNotCompleted();
            assertThat(words()).containsExactly("qm status 101", "qm list", "qm status 102", "qm status 103");
            sent.forEach(one -> one.prints("status: running\n"));
        }
    }

    @Test
    void aNodeThatCannotBeAskedIsAskedOnceForAll() {
        looks.state(vm(101));
        CompletionStage<GuestState> second = looks.state(vm(102));
        CompletionStage<GuestState> third = looks.state(vm(103));
        time.pass(Duration.ofMillis(2));
        sent.get(1).result().complete(new Undelivered(CommandResult.Cause.UNREACHABLE, "no route to host"));

        assertThat(List.of(second, third))
                .allSatisfy(look -> assertThat(look.toCompletableFuture().join())
                        .isInstanceOfSatisfying(GuestState.Unreadable.class, state -> assertThat(state.why())
                                .contains("no route to host")));
        assertThat(sent).hasSize(2);
    }

    private List<String> words() {
        return sent.stream().map(Sent::words).toList();
    }

    private static String row(int vmid, String status) {
        return String.format("%10s %-20s %-10s %-10s %12s %-10s%n", vmid, "vm-" + vmid, status, 2048, "32.00", 0);
    }

    private static Guests.OnNode vm(int vmid) {
        Contracts contracts = FakeContracts.attic();
        Guest web = (Guest) contracts.asset(AssetId.parse("attic/web")).orElseThrow();
        Node node = (Node) contracts.asset(web.runsOn()).orElseThrow();
        Guest guest = new Guest(
                AssetId.parse("attic/vm" + vmid),
                "vm",
                web.stewardship(),
                Guest.Form.VM,
                vmid,
                web.runsOn(),
                web.needs(),
                web.reachedThrough(),
                web.mounts(),
                web.ssh(),
                web.grace(),
                web.mayForce(),
                web.onboot(),
                web.alwaysStart(),
                web.ready(),
                web.stop(),
                web.start());
        return new Guests.OnNode(guest, node);
    }
}
