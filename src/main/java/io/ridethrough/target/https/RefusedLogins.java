package io.ridethrough.target.https;

import io.ridethrough.contract.AssetId;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Secrets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logins that targets refused. One is not tried again until it is replaced or a person asks for it: targets lock out who
 * tries in vain, SSH included (protocols 2.3, 3.1). Thread-safe.
 */
public final class RefusedLogins {
    private final Secrets secrets;
    private final Map<AssetId, String> refused = new ConcurrentHashMap<>();

    public RefusedLogins(Secrets secrets) {
        this.secrets = secrets;
    }

    /** It is not there, or was refused before. */
    public static final class NoLoginException extends Exception {
        private static final long serialVersionUID = 1L;

        NoLoginException(String message) {
            super(message);
        }

        /** What it means for who asked. */
        public Reply reply() {
            return new Reply.Unusable(Reply.Why.LOGIN, String.valueOf(getMessage()));
        }
    }

    /** A user and the password. */
    public record Login(String user, Secret password) {}

    /** The login of that target as it is now. */
    public Secret of(AssetId target, String name) throws NoLoginException {
        Secret secret;
        try {
            secret = secrets.secret(name);
        } catch (Secrets.UnusableSecretException e) {
            throw new NoLoginException(String.valueOf(e.getMessage()));
        }
        if (secret.text().equals(refused.get(target))) {
            throw new NoLoginException(
                    "its login was refused before; it is not shown again until it is replaced, or `ready-to-act` is"
                            + " asked by hand");
        }
        return secret;
    }

    /** A login that is {@code user:password} on one line. */
    public static Login parts(Secret secret) throws NoLoginException {
        String text = secret.text();
        int colon = text.indexOf(':');
        if (colon < 1 || text.lines().count() != 1) {
            throw new NoLoginException("its secret is not \"user:password\" on one line");
        }
        return new Login(text.substring(0, colon), Secret.of(text.substring(colon + 1)));
    }

    /** The target refused it. */
    public void refuse(AssetId target, Secret login) {
        refused.put(target, login.text());
    }

    /** A person says that it may be tried again. */
    public void forgive(AssetId target) {
        refused.remove(target);
    }
}
