package io.ridethrough.lab.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * The SSH server of one simulated machine, on a loopback port of its own, open only while the machine is up. Ten
 * channels a connection, as OpenSSH's MaxSessions; public keys only; exec only.
 */
public final class LabSshd implements AutoCloseable {
    private static final int MAX_SESSIONS = 10;

    private final Machine machine;
    private final LabShell shell;
    private final LabClock clock;
    private final int port;
    private final KeyPair hostKey;
    private final Map<String, Set<PublicKey>> users = new ConcurrentHashMap<>();
    private @Nullable SshServer server;

    public LabSshd(Machine machine, LabShell shell, LabClock clock, int port, KeyPair hostKey) {
        this.machine = machine;
        this.shell = shell;
        this.clock = clock;
        this.port = port;
        this.hostKey = hostKey;
    }

    /** Lets {@code user} in with {@code key}, besides those already let in. */
    public void letIn(String user, PublicKey key) {
        users.computeIfAbsent(user, u -> ConcurrentHashMap.newKeySet()).add(key);
    }

    /** The machine it belongs to. */
    public Machine machine() {
        return machine;
    }

    /** Opens or closes the port and its sessions as the machine's state asks. */
    public void comply() {
        if (machine.isUp() && server == null) {
            server = open();
        } else if (!machine.isUp() && server != null) {
            close();
        }
    }

    private SshServer open() {
        SshServer made = SshServer.setUpDefaultServer();
        made.setHost("127.0.0.1");
        made.setPort(port);
        made.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        made.setPublickeyAuthenticator((user, key, session) ->
                users.getOrDefault(user, Set.of()).stream().anyMatch(known -> KeyUtils.compareKeys(known, key)));
        made.setCommandFactory((channel, line) -> new Exec(channel, line));
        made.setShellFactory(null);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(made, MAX_SESSIONS);
        CoreModuleProperties.TCP_NODELAY.set(made, true);
        try {
            made.start();
        } catch (IOException e) {
            throw new UncheckedIOException("no SSH server for " + machine.id() + " on port " + port, e);
        }
        return made;
    }

    /** One exec request: runs on the world's thread, blocks none of its own. */
    private final class Exec implements Command {
        private final ChannelSession channel;
        private final String line;
        private @Nullable OutputStream out;
        private @Nullable OutputStream err;
        private @Nullable ExitCallback exit;

        Exec(ChannelSession channel, String line) {
            this.channel = channel;
            this.line = line;
        }

        @Override
        public void setInputStream(InputStream in) {}

        @Override
        public void setOutputStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void setErrorStream(OutputStream err) {
            this.err = err;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            this.exit = callback;
        }

        @Override
        public void start(ChannelSession opened, Environment env) {
            String user = channel.getSession().getUsername();
            clock.run(() -> {
                var unused = shell.run(machine, user, line).thenAccept(this::answer);
            });
        }

        private void answer(Reply reply) {
            try {
                write(out, reply.out());
                write(err, reply.err());
            } catch (IOException e) {
                return; // the client is gone: nobody to tell
            }
            if (exit != null) {
                exit.onExit(reply.exit());
            }
        }

        private void write(@Nullable OutputStream to, String text) throws IOException {
            if (to != null && !text.isEmpty()) {
                to.write(text.getBytes(StandardCharsets.UTF_8));
                to.flush();
            }
        }

        @Override
        public void destroy(ChannelSession closed) {
            // what was begun goes on, as a real worker does when its session is cut
        }
    }

    /** Ends every session and refuses new ones; returns when the port is closed. */
    @Override
    public void close() {
        SshServer open = server;
        server = null;
        if (open != null) {
            var unused = open.close(true);
        }
    }
}
