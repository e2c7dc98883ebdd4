package io.ridethrough.target;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Secrets that stay known when where they are kept is gone, so that none is needed from a disk, a vault or a name service
 * in the dark (R27). While it is there, a secret that was changed counts at once. Thread-safe.
 */
public final class RememberedSecrets implements Secrets {
    private final Secrets kept;
    private final Map<String, Secret> known = new ConcurrentHashMap<>();

    public RememberedSecrets(Secrets kept) {
        this.kept = kept;
    }

    /** Fetches these; those that cannot be used are left, to be told of when they are needed. */
    public void fetch(Collection<String> names) {
        for (String name : names) {
            try {
                var unused = secret(name);
            } catch (UnusableSecretException e) {
                // doctor and ready-to-act tell of it
            }
        }
    }

    @Override
    public Secret secret(String name) throws UnusableSecretException {
        try {
            Secret now = kept.secret(name);
            known.put(name, now);
            return now;
        } catch (UnusableSecretException e) {
            Secret last = known.get(name);
            if (last == null) {
                throw e;
            }
            return last;
        }
    }
}
