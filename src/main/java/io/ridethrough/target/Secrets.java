package io.ridethrough.target;

/** Secrets by the names that contracts use, for example {@code ssh/home}. Thread-safe. */
@FunctionalInterface
public interface Secrets {
    /** The secret of that name. */
    Secret secret(String name) throws UnusableSecretException;

    /** It is missing or not kept as a secret must be. The message says which file and the remedy, never the value. */
    final class UnusableSecretException extends Exception {
        private static final long serialVersionUID = 1L;

        public UnusableSecretException(String message) {
            super(message);
        }
    }
}
