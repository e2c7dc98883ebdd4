package io.ridethrough.target.proxmox.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a task (protocols 1.3).
 *
 * @param type for example {@code qmshutdown}; {@code hastop} only says that the cluster was told
 * @param id mostly a guest's number; may be empty
 * @param user with its token, for example {@code root@pam!ridethrough}
 */
public record Upid(String text, String node, String type, String id, String user) {
    private static final Pattern FORM = Pattern.compile("UPID:([a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?)"
            + ":[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}:[0-9A-Fa-f]{8}:([^:\\s/]+):([^:\\s/]*):([^:\\s/]+):");

    /** Empty when the text is none. */
    public static Optional<Upid> read(String text) {
        Matcher found = FORM.matcher(text);
        return found.matches()
                ? Optional.of(new Upid(text, found.group(1), found.group(2), found.group(3), found.group(4)))
                : Optional.empty();
    }

    /** Whether it only queues a wish with the cluster: then its end tells nothing of the guest. */
    public boolean onlyQueues() {
        return type.equals("hastop") || type.equals("hastart");
    }

    @Override
    public String toString() {
        return text;
    }
}
