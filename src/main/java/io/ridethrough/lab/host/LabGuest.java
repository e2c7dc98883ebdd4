package io.ridethrough.lab.host;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Guest;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A simulated VM or container (protocols 1.4, 1.6): what its node's {@code qm} or {@code pct} acts on. */
public final class LabGuest implements Machine {
    private static final Duration KILL = Duration.ofMillis(500);
    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

    private final Guest guest;
    private final LabModel model;
    private boolean running;
    private boolean ready;
    private String bootId = UUID.randomUUID().toString();
    private int epoch;
    private @Nullable CompletableFuture<Reply> shutdown;
    private @Nullable Runnable poweringDown;

    LabGuest(Guest guest, LabModel model) {
        this.guest = guest;
        this.model = model;
        running = true;
        ready = true;
    }

    @Override
    public AssetId id() {
        return guest.id();
    }

    @Override
    public boolean isUp() {
        return ready && !model.faults.refuses(id());
    }

    /** Whether the node reports it running, ready or not. */
    public boolean isRunning() {
        return running;
    }

    @Override
    public String bootId() {
        return bootId;
    }

    Guest declared() {
        return guest;
    }

    String command() {
        return guest.form() == Guest.Form.VM ? "qm" : "pct";
    }

    private String word() {
        return guest.form() == Guest.Form.VM ? "VM" : "CT";
    }

    @Override
    public void powerOff() {
        beginPowerDown();
    }

    /** What its node does to it as it goes off itself: by force once {@code timeout} has passed. */
    CompletableFuture<Reply> shutdownByNode(Duration timeout) {
        return shutdown(timeout, true, LabEvent.NODES_OWN);
    }

    /** {@code shutdown}: ends when the guest is down; 255 when {@code timeout} passes first (protocols 1.6). */
    CompletableFuture<Reply> shutdown(Duration timeout, boolean force) {
        return shutdown(timeout, force, command());
    }

    private CompletableFuture<Reply> shutdown(Duration timeout, boolean force, String by) {
        if (!running) {
            model.events.note(guest.runsOn(), command(), "shutdown", vmid(), "call");
            return guest.form() == Guest.Form.VM
                    ? Reply.ok().now()
                    : Reply.failed(255, "CT " + vmid() + " not running").now();
        }
        if (model.lock(id()).isPresent()) {
            return refused(
                    "shutdown", word() + " is locked (" + model.lock(id()).get() + ")");
        }
        if (shutdown != null) {
            return locked("shutdown");
        }
        CompletableFuture<Reply> mine = new CompletableFuture<>();
        shutdown = mine;
        model.events.note(guest.runsOn(), by, "shutdown", vmid(), "begin");
        if (!model.faults.hangs(id())) {
            beginPowerDown();
        }
        model.clock.after(timeout, () -> {
            if (mine.isDone()) {
                return;
            }
            if (force) {
                down();
                return;
            }
            shutdown = null;
            note("shutdown", "timeout");
            mine.complete(Reply.failed(
                    255,
                    guest.form() == Guest.Form.VM
                            ? "VM quit/powerdown failed - got timeout"
                            : "command 'lxc-stop -n " + vmid() + "' failed: received interrupt"));
        });
        return mine;
    }

    /** {@code stop}: hard and quick; {@code overrule} aborts a running shutdown, without it the lock is waited for. */
    CompletableFuture<Reply> stop(boolean overrule) {
        CompletableFuture<Reply> other = shutdown;
        if (other != null && !overrule) {
            return locked("stop");
        }
        if (!running) {
            model.events.note(guest.runsOn(), command(), "stop", vmid(), "call");
            return guest.form() == Guest.Form.VM
                    ? Reply.ok().now()
                    : Reply.failed(255, "CT " + vmid() + " not running").now();
        }
        if (other != null) {
            shutdown = null;
            note("shutdown", "timeout");
            other.complete(Reply.failed(255, "unexpected status"));
        }
        note("stop", "begin");
        CompletableFuture<Reply> mine = new CompletableFuture<>();
        model.clock.after(KILL, () -> {
            down();
            model.faults.heal(id());
            note("stop", "end");
            mine.complete(done());
        });
        return mine;
    }

    /** {@code start}: returns at once; ready after its start time. */
    CompletableFuture<Reply> start() {
        if (running) {
            note("start", "call");
            return Reply.failed(255, word() + " " + vmid() + " already running").now();
        }
        if (model.lock(id()).isPresent()) {
            return refused("start", word() + " is locked (" + model.lock(id()).get() + ")");
        }
        note("start", "begin");
        boot();
        note("start", "end");
        return done().now();
    }

    /** Gone at once, as when its node loses power. */
    void lost() {
        down();
    }

    void boot() {
        running = true;
        bootId = UUID.randomUUID().toString();
        int mine = ++epoch;
        model.clock.after(model.faults.stretched(id(), guest.start()), () -> {
            if (mine == epoch && running) {
                ready = true;
                model.events.note(id(), "guest", "ready", vmid(), "call");
                model.stacksOn(id()).forEach(LabStack::hostBooted);
            }
        });
    }

    private void beginPowerDown() {
        if (poweringDown != null || !running) {
            return;
        }
        ready = false;
        poweringDown = model.clock.after(model.faults.stretched(id(), guest.stop()), this::down);
    }

    private void down() {
        if (!running) {
            return;
        }
        running = false;
        ready = false;
        epoch++;
        Runnable going = poweringDown;
        if (going != null) {
            going.run();
            poweringDown = null;
        }
        model.stacksOn(id()).forEach(LabStack::hostWentDown);
        CompletableFuture<Reply> waiting = shutdown;
        shutdown = null;
        if (waiting != null) {
            note("shutdown", "end");
            waiting.complete(done());
        } else {
            model.events.note(id(), "guest", "down", vmid(), "call");
        }
    }

    /** A worker that warned prints so and exits 0 all the same (protocols 1.3, 1.6). */
    private Reply done() {
        return model.conditions(id()).contains(Condition.WARNS)
                ? new Reply(0, "", "WARN: no efidisk configured! Using temporary efivars disk.\n")
                : Reply.ok();
    }

    private CompletableFuture<Reply> locked(String verb) {
        CompletableFuture<Reply> mine = new CompletableFuture<>();
        String tree = guest.form() == Guest.Form.VM ? "qemu-server" : "lxc";
        model.clock.after(LOCK_WAIT, () -> {
            if (shutdown == null && verb.equals("stop")) {
                var unused = stop(false).thenAccept(mine::complete);
                return;
            }
            note(verb, "refused");
            mine.complete(Reply.failed(
                    255, "can't lock file '/var/lock/" + tree + "/lock-" + vmid() + ".conf' - got timeout"));
        });
        return mine;
    }

    private CompletableFuture<Reply> refused(String verb, String why) {
        note(verb, "refused");
        return Reply.failed(255, why).now();
    }

    private void note(String verb, String what) {
        model.events.note(guest.runsOn(), command(), verb, vmid(), what);
    }

    private String vmid() {
        return Integer.toString(guest.vmid());
    }
}
