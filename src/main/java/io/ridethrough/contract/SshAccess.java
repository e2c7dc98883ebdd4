package io.ridethrough.contract;

/**
 * How a host is reached over SSH.
 *
 * @param host address literal or name; names are resolved before an outage, never in it (R27)
 * @param identity the name of the secret that holds the private key, for example {@code ssh/home}
 * @param sudo whether commands that need root are prefixed with {@code sudo -n}
 */
public record SshAccess(String host, int port, String user, String identity, boolean sudo) {}
