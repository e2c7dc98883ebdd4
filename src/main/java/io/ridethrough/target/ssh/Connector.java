package io.ridethrough.target.ssh;

import io.ridethrough.contract.SshAccess;
import io.ridethrough.target.LoginPauses;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.Wiring;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/**
 * Brings connections to stand: TCP, pinned host key, then login with the declared identity, each bounded. Logins at one
 * place go one after the other, so that a refusal is known before the identity would be shown again.
 */
final class Connector {
    private static final AttributeKey<Story> STORY = new AttributeKey<>();

    private final SshClient client;
    private final Kept kept;
    private final Secrets secrets;
    private final Path knownHosts;
    private final Wiring wiring;
    /** Where names are looked up and files read: work that may wait. */
    private final Executor waits;

    private final LoginPauses pauses;
    /** By place: the end of the login that was begun last. */
    private final Map<String, CompletableFuture<Attempt>> turns = new ConcurrentHashMap<>();

    /** What came of a try: a session, or why there is none. */
    record Attempt(@Nullable ClientSession session, Story story, ConnectFailure failure) {}

    /** What happened on one connection. The session itself forgets it when it closes. */
    static final class Story {
        private final PinnedHostKeys pinned;
        private volatile @Nullable String objection;
        private volatile @Nullable Throwable trouble;
        private volatile boolean gaveUp;

        Story(PinnedHostKeys pinned) {
            this.pinned = pinned;
        }

        PinnedHostKeys pinned() {
            return pinned;
        }

        /** Remembers why the session breaks off; the first reason counts. */
        void trouble(Throwable why) {
            if (trouble == null) {
                trouble = why;
            }
        }

        Attempt failed(HostLink.State state, String why) {
            return new Attempt(null, this, new ConnectFailure(state, why));
        }

        /** Tells the link how a session that stood came to its end. */
        void ended(boolean ours, LinkState link) {
            Throwable why = trouble;
            if (ours) {
                link.closedByUs();
            } else if (why == null || words(why).contains("reset") || words(why).contains("Broken pipe")) {
                link.closedByPeer(why == null ? "closed by the host" : words(why));
            } else {
                link.fellSilent(words(why));
            }
        }
    }

    Connector(SshClient client, Kept kept, Secrets secrets, Path knownHosts, Wiring wiring, Executor waits) {
        this.client = client;
        this.kept = kept;
        this.secrets = secrets;
        this.knownHosts = knownHosts;
        this.wiring = wiring;
        this.waits = waits;
        this.pauses = new LoginPauses(kept.nanos(), kept.limits().speed());
    }

    /** Never completes exceptionally. */
    CompletionStage<Attempt> connect(SshAccess host) {
        CompletableFuture<Attempt> attempt = new CompletableFuture<>();
        waits.execute(() -> begin(host, attempt));
        return attempt;
    }

    private void begin(SshAccess host, CompletableFuture<Attempt> attempt) {
        Story story = new Story(PinnedHostKeys.none(host));
        String where = host.user() + "@" + host.host() + ":" + host.port();
        try {
            story = new Story(PinnedHostKeys.read(knownHosts, host));
        } catch (IOException e) {
            attempt.complete(story.failed(HostLink.State.HOST_KEY, words(e)));
            return;
        }
        try {
            Secret secret = secrets.secret(host.identity());
            String place = where + " " + host.identity();
            Optional<String> barred = pauses.bars(place, secret);
            if (barred.isPresent()) {
                attempt.complete(story.failed(HostLink.State.LOGIN, barred.get()));
                return;
            }
            KeyPair identity = identity(host, secret);
            InetSocketAddress address = wiring.tcp(host.host(), host.port());
            if (address.isUnresolved()) {
                attempt.complete(
                        story.failed(HostLink.State.UNREACHABLE, "the name " + host.host() + " cannot be looked up"));
                return;
            }
            connect(host.user(), address, identity, new Try(where, place, secret, story, attempt));
        } catch (Secrets.UnusableSecretException | GeneralSecurityException e) {
            attempt.complete(story.failed(HostLink.State.LOGIN, words(e)));
        } catch (IOException | RuntimeException e) {
            attempt.complete(notConnected(story, where, e));
        }
    }

    /**
     * A try on its way.
     *
     * @param place where, and by which secret
     */
    private record Try(String where, String place, Secret secret, Story story, CompletableFuture<Attempt> attempt) {}

    private void connect(String user, InetSocketAddress address, KeyPair identity, Try going) throws IOException {
        AttributeRepository context = AttributeRepository.ofKeyValuePair(STORY, going.story());
        client.connect(user, (SocketAddress) address, context, null).addListener(connecting -> {
            if (connecting.isConnected()) {
                logIn(connecting.getSession(), identity, going);
            } else {
                going.attempt().complete(notConnected(going.story(), going.where(), connecting.getException()));
            }
        });
    }

    private static KeyPair identity(SshAccess host, Secret secret) throws IOException, GeneralSecurityException {
        Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                null,
                NamedResource.ofName(host.identity()),
                new ByteArrayInputStream(secret.bytes()),
                FilePasswordProvider.EMPTY);
        if (pairs == null || !pairs.iterator().hasNext()) {
            throw new GeneralSecurityException("the secret \"" + host.identity() + "\" holds no private key");
        }
        return pairs.iterator().next();
    }

    private void logIn(ClientSession session, KeyPair identity, Try going) {
        var giveUp = kept.timers()
                .schedule(
                        () -> {
                            going.story().gaveUp = true;
                            session.close(true);
                        },
                        kept.limits().login().toNanos(),
                        TimeUnit.NANOSECONDS);
        session.addPublicKeyIdentity(identity);
        CompletableFuture<Attempt> before = turns.put(going.place(), going.attempt());
        var unused = going.attempt().thenRun(() -> turns.remove(going.place(), going.attempt()));
        if (before == null) {
            show(session, going, giveUp);
        } else {
            unused = before.thenRun(() -> show(session, going, giveUp));
        }
    }

    private void show(ClientSession session, Try going, Future<?> giveUp) {
        Optional<String> barred = pauses.bars(going.place(), going.secret());
        if (barred.isPresent()) {
            giveUp.cancel(false);
            going.attempt().complete(going.story().failed(HostLink.State.LOGIN, barred.get()));
            session.close(true);
            return;
        }
        try {
            session.auth().addListener(login -> {
                giveUp.cancel(false);
                if (login.isSuccess()) {
                    pauses.accepted(going.place());
                    going.attempt()
                            .complete(new Attempt(
                                    session, going.story(), new ConnectFailure(HostLink.State.CONNECTED, "")));
                } else {
                    going.attempt().complete(notLoggedIn(going, login.getException()));
                    session.close(true);
                }
            });
        } catch (IOException | RuntimeException e) {
            going.attempt().complete(notLoggedIn(going, e));
            session.close(true);
        }
    }

    private static Attempt notConnected(Story story, String where, @Nullable Throwable trouble) {
        for (Throwable t = trouble; t != null; t = t.getCause()) {
            if (t instanceof ConnectException && words(t).contains("refused")) {
                return story.failed(HostLink.State.REFUSED, where + " refuses connections");
            }
        }
        return story.failed(HostLink.State.UNREACHABLE, where + " cannot be reached: " + words(trouble));
    }

    private Attempt notLoggedIn(Try going, @Nullable Throwable trouble) {
        Story story = going.story();
        String objection = story.objection;
        if (objection != null) {
            return story.failed(HostLink.State.HOST_KEY, objection);
        }
        if (story.gaveUp) {
            return story.failed(HostLink.State.UNREACHABLE, going.where() + " did not answer the login in time");
        }
        if (words(trouble).startsWith("No more authentication methods")
                || words(trouble).contains("Too many authentication failures")) {
            String why = going.where() + " refused the login with the declared identity";
            pauses.refused(going.place(), going.secret(), why);
            return story.failed(HostLink.State.LOGIN, why);
        }
        return story.failed(
                HostLink.State.UNREACHABLE, going.where() + " broke off before the login: " + words(trouble));
    }

    /** What the client asks when a host shows its key: before any login is tried. */
    static boolean trusts(ClientSession session, PublicKey shown) {
        Optional<Story> story = story(session);
        if (story.isEmpty()) {
            return false;
        }
        Optional<String> objection = story.get().pinned().objectionTo(shown);
        story.get().objection = objection.orElse(null);
        return objection.isEmpty();
    }

    static Optional<Story> story(Session session) {
        AttributeRepository context = session instanceof ClientSession mine ? mine.getConnectionContext() : null;
        return context == null ? Optional.empty() : Optional.ofNullable(context.getAttribute(STORY));
    }

    private static String words(@Nullable Throwable trouble) {
        if (trouble == null) {
            return "no reason given";
        }
        String message = trouble.getMessage();
        return message == null ? trouble.getClass().getSimpleName() : message;
    }
}
