package io.ridethrough.lab.host;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the API of a node takes: method, path and names of parameters, each since its version. Everything else is a 501,
 * or a 400 that names the parameter: {@code additionalProperties=0} everywhere (protocols 1.1, 1.2, 1.5).
 */
final class ProxmoxSchema {
    private static final List<Call> CALLS = """
            GET version
            GET access/permissions path userid
            GET storage type
            GET cluster/status
            GET cluster/resources type
            GET cluster/tasks
            GET cluster/ha/resources type
            GET cluster/ha/status/current
            POST cluster/ha/status/disarm-ha@9.1 resource-mode
            POST cluster/ha/status/arm-ha@9.1
            GET nodes
            GET nodes/*/status
            POST nodes/*/status command
            POST nodes/*/startall vms force max-workers@9.0
            POST nodes/*/stopall vms force-stop@8.0 timeout@8.0 max-workers@9.0
            GET nodes/*/qemu full
            GET nodes/*/lxc
            GET nodes/*/qemu/*/status/current
            GET nodes/*/lxc/*/status/current
            GET nodes/*/qemu/*/config current snapshot
            GET nodes/*/lxc/*/config current snapshot
            POST nodes/*/qemu/*/status/start timeout skiplock
            POST nodes/*/qemu/*/status/shutdown timeout forceStop keepActive skiplock
            POST nodes/*/qemu/*/status/stop timeout overrule-shutdown@8.2 keepActive skiplock
            POST nodes/*/lxc/*/status/start skiplock
            POST nodes/*/lxc/*/status/shutdown timeout forceStop
            POST nodes/*/lxc/*/status/stop overrule-shutdown@8.2 skiplock
            POST nodes/*/qemu/*/agent/ping
            GET nodes/*/tasks vmid source since errors limit typefilter
            GET nodes/*/tasks/*/status
            GET nodes/*/tasks/*/log start limit
            DELETE nodes/*/tasks/*
            GET nodes/*/storage enabled content
            GET nodes/*/disks/zfs
            GET nodes/*/disks/list include-partitions skipsmart type
            GET nodes/*/services/*/state
            GET nodes/*/apt/update
            """.lines().map(Call::of).toList();

    private record Since(String name, String version) {
        static Since of(String text) {
            int at = text.indexOf('@');
            return at < 0 ? new Since(text, "0.0") : new Since(text.substring(0, at), text.substring(at + 1));
        }

        boolean isIn(String running) {
            return number(running) >= number(version);
        }

        private static int number(String version) {
            String[] parts = version.split("\\.", -1);
            return Integer.parseInt(parts[0]) * 1000 + (parts.length > 1 ? Integer.parseInt(parts[1]) : 0);
        }
    }

    private record Call(String method, List<String> path, Since since, List<Since> parameters) {
        static Call of(String line) {
            List<String> words = Arrays.asList(line.split(" ", -1));
            Since path = Since.of(words.get(1));
            return new Call(
                    words.get(0),
                    Arrays.asList(path.name().split("/", -1)),
                    path,
                    words.stream().skip(2).map(Since::of).toList());
        }

        boolean is(String asked, List<String> words) {
            return method.equals(asked)
                    && path.size() == words.size()
                    && IntStream.range(0, path.size())
                            .allMatch(
                                    i -> path.get(i).equals("*") || path.get(i).equals(words.get(i)));
        }
    }

    private ProxmoxSchema() {}

    /** The names of all parameters that the call takes there; empty when that version has no such call. */
    static Optional<Set<String>> parameters(String method, List<String> words, String version) {
        return CALLS.stream()
                .filter(call -> call.is(method, words) && call.since().isIn(version))
                .findFirst()
                .map(call -> call.parameters().stream()
                        .filter(parameter -> parameter.isIn(version))
                        .map(Since::name)
                        .collect(Collectors.toSet()));
    }
}
