package io.ridethrough.target;

import java.util.Locale;
import java.util.Map;

/**
 * Secrets from the environment, where they stand there, and from elsewhere otherwise: the secret {@code ssh/home} is the
 * variable {@code RIDETHROUGH_SECRET_SSH_HOME}.
 */
public final class EnvironmentSecrets implements Secrets {
    private static final String PREFIX = "RIDETHROUGH_SECRET_";

    private final Map<String, String> environment;
    private final Secrets elsewhere;

    public EnvironmentSecrets(Map<String, String> environment, Secrets elsewhere) {
        this.environment = Map.copyOf(environment);
        this.elsewhere = elsewhere;
    }

    /** The variable that may hold the secret of that name. */
    public static String variable(String name) {
        return PREFIX + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    @Override
    public Secret secret(String name) throws UnusableSecretException {
        String value = environment.get(variable(name));
        return value == null || value.isEmpty() ? elsewhere.secret(name) : Secret.of(value);
    }
}
