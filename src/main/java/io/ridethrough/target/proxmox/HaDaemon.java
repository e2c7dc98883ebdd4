package io.ridethrough.target.proxmox;

import io.ridethrough.target.ssh.CommandResult;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The two daemons of high availability on every node, in the order in which they are stopped: the one that runs a node's
 * resources and holds its watchdog, then the one that decides for the cluster (pve-docs, ha-manager.adoc).
 */
public enum HaDaemon {
    LRM("pve-ha-lrm"),
    CRM("pve-ha-crm");

    private final String unit;

    HaDaemon(String unit) {
        this.unit = unit;
    }

    public String unit() {
        return unit;
    }

    /** Those that run, by what {@link NodeCommands#daemons} printed; empty when it does not tell. */
    public static Optional<Set<HaDaemon>> running(CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited)) {
            return Optional.empty();
        }
        List<String> words = exited.out().lines().map(String::strip).toList();
        if (words.size() != values().length) {
            return Optional.empty();
        }
        Set<HaDaemon> running = EnumSet.noneOf(HaDaemon.class);
        Iterator<String> word = words.iterator();
        for (HaDaemon daemon : values()) {
            if (!Set.of("inactive", "failed").contains(word.next())) {
                running.add(daemon); // it may be on its way up or down, which is not stopped
            }
        }
        return Optional.of(running);
    }
}
