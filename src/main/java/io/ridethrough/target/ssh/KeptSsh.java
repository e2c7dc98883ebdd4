package io.ridethrough.target.ssh;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.ssh.RemoteCommand.Lane;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.sshd.client.SshClient;

/**
 * Commands over kept SSH connections. Each host has connections for blocking commands and others for looks and forced
 * stops, so that neither waits for the other. No thread waits for a command; answers are told on a few threads of its
 * own. Nothing is sent twice: what may have left us is {@link CommandResult.Lost}, never tried again.
 */
public final class KeptSsh implements Shell, HostLinks, AutoCloseable {
    private volatile SshHosts hosts;
    private final Kept kept;
    private final SshClient client;
    private final Connector connector;
    private final ScheduledThreadPoolExecutor timers;
    private final ExecutorService answers;
    private final ExecutorService waits;
    private final Map<AssetId, Host> open = new ConcurrentHashMap<>();

    /** One host as it is declared: its link and its two groups of connections. */
    private record Host(SshAccess access, LinkState link, LaneGroup blocking, LaneGroup urgent) {
        void close() {
            blocking.close();
            urgent.close();
        }

        LaneGroup group(Lane lane) {
            return lane == Lane.BLOCKING ? blocking : urgent;
        }
    }

    /**
     * @param knownHosts the pinned host keys, in OpenSSH's format, by declared address
     * @param nanos the monotonic clock for {@link HostLink} and pauses
     */
    public KeptSsh(
            SshHosts hosts, Secrets secrets, Path knownHosts, Wiring wiring, SshLimits limits, LongSupplier nanos) {
        this.hosts = hosts;
        timers = new ScheduledThreadPoolExecutor(1, named("ssh-timer"));
        timers.setRemoveOnCancelPolicy(true);
        answers = Executors.newFixedThreadPool(4, named("ssh-answer"));
        waits = Executors.newFixedThreadPool(4, named("ssh-connect"));
        kept = new Kept(limits, nanos, timers, answers);
        client = Clients.start(limits);
        connector = new Connector(client, kept, secrets, knownHosts, wiring, waits);
    }

    @Override
    public CompletionStage<CommandResult> run(AssetId host, RemoteCommand command) {
        Optional<SshAccess> access = hosts.access(host);
        if (access.isEmpty()) {
            return CompletableFuture.completedStage(
                    new CommandResult.Undelivered(CommandResult.Cause.UNREACHABLE, host + " is declared without ssh"));
        }
        Ticket ticket = new Ticket(command, answers);
        host(host, access.get()).group(command.lane()).submit(ticket);
        return ticket.answer().thenApply(result -> ForcedCommand.orRefused(host, result));
    }

    @Override
    public HostLink link(AssetId host) {
        Host known = open.get(host);
        return known == null
                ? new HostLink(HostLink.State.IDLE, kept.nanos().getAsLong(), "never used", OptionalLong.empty())
                : known.link().now();
    }

    @Override
    public CompletionStage<HostLink> open(AssetId host) {
        Optional<SshAccess> access = hosts.access(host);
        if (access.isEmpty()) {
            return CompletableFuture.completedStage(link(host));
        }
        Host known = host(host, access.get());
        return known.urgent()
                .open(1)
                .thenCompose(done -> known.blocking().open(hosts.sideBySide(host)))
                .thenApply(done -> known.link().now());
    }

    /**
     * From now on these hosts are declared. Connections to one that is declared otherwise, or not any more, are closed;
     * those to the others stay.
     */
    public void follow(SshHosts declared) {
        SshHosts before = hosts;
        hosts = declared;
        for (AssetId host : before.ids()) {
            if (!before.access(host).equals(declared.access(host))) {
                Optional.ofNullable(open.remove(host)).ifPresent(Host::close);
            }
        }
    }

    /** Closes every connection to a declared address that is elsewhere from now on; the next command opens new ones. */
    public void leave(String address) {
        for (AssetId host : hosts.ids()) {
            if (hosts.access(host)
                    .filter(access -> access.host().equals(address))
                    .isPresent()) {
                Optional.ofNullable(open.remove(host)).ifPresent(Host::close);
            }
        }
    }

    /** Closes every connection; what was sent and not answered is {@link CommandResult.Lost}. */
    @Override
    public void close() {
        open.values().forEach(Host::close);
        client.stop();
        timers.shutdownNow();
        waits.shutdownNow();
        answers.shutdown();
    }

    private Host host(AssetId id, SshAccess access) {
        return open.compute(id, (any, known) -> {
            if (known != null && known.access().equals(access)) {
                return known;
            }
            if (known != null) {
                known.close();
            }
            LinkState link = new LinkState(kept.nanos());
            return new Host(
                    access,
                    link,
                    new LaneGroup(kept, link, () -> connector.connect(access), List.of(Lane.BLOCKING)),
                    new LaneGroup(kept, link, () -> connector.connect(access), List.of(Lane.FORCED, Lane.LOOK)));
        });
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
