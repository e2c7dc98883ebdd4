package io.ridethrough.realparts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A scripted node whose guests are real machines: its {@code qm} starts them under QEMU, presses their power button by
 * QMP, pulls their plug, and calls a guest running while its process lives. The node's power-off takes them along.
 */
public final class QemuNode {
    private static final String PRESS = """
            use IO::Socket::UNIX; my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or exit 1; $s->autoflush(1); <$s>;
            for (qw(qmp_capabilities system_powerdown)) { print $s qq({"execute": "$_"}\\n); <$s> }
            """;

    private static final String[] GO_OFF = {
        "tree() { for child in $(ps -o pid= --ppid \"$1\"); do tree \"$child\"; done; echo \"$1\"; }",
        "sleep 0.2",
        "for guest in \"$STATE\"/running.*; do",
        "  [ -e \"$guest\" ] || continue",
        "  kill -9 \"$(/bin/cat \"$guest\")\" 2> /dev/null && note \"lost ${guest##*.}: its host went off under it\"",
        "  rm -f \"$guest\"",
        "done",
        "note off",
        "kill -9 $(tree \"$(/bin/cat \"$STATE/sshd.pid\")\")"
    };

    private QemuNode() {}

    /** A node that answers; its guests, by their numbers, are off. */
    public static ScriptedHost of(Path folder, String name, Map<Integer, DebianMachine> guests) {
        ScriptedHost node = ScriptedHost.node(
                folder, name, guests.keySet().stream().sorted().toList(), List.of());
        guests.keySet().forEach(node::isStopped);
        guests.forEach((id, machine) -> {
            try {
                Path state = node.ssh().state();
                Files.writeString(
                        state.resolve("start." + id),
                        "cd '" + Path.of("").toAbsolutePath() + "' && exec "
                                + machine.hardware().command().stream()
                                        .map(word -> "'" + word + "'")
                                        .collect(Collectors.joining(" "))
                                + " >> '" + state.resolve("console." + id) + "' 2>&1\n");
                Files.writeString(state.resolve("port." + id), Integer.toString(machine.port()));
                Files.writeString(
                        state.resolve("control." + id),
                        machine.hardware().control().toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        String ids = guests.keySet().stream().sorted().map(String::valueOf).collect(Collectors.joining(" "));
        node.ssh().command("go-off", GO_OFF).command("qm", tool(ids));
        return node;
    }

    /** {@code agent} answers once the guest's own sshd says its first words: nothing else of it is asked. */
    private static String[] tool(String ids) {
        return """
            id=$2
            alive() { [ -e "$STATE/running.$id" ] && kill -0 "$(/bin/cat "$STATE/running.$id")" 2> /dev/null; }
            state() { if alive; then echo running; else echo stopped; fi; }
            if [ "$1" = list ]; then for id in @IDS@; do
              printf '%10s %-20s %-10s %-10s %12s %-10s\\n' $id guest-$id $(state) 512 1.50 0; done; exit 0; fi
            case " @IDS@ " in *" $id "*) ;; *)
              echo "Configuration file 'nodes/$HOSTNAME/qemu-server/$id.conf' does not exist" >&2; exit 2;;
            esac
            case $1 in shutdown|stop|start)
              task="$STATE/task.$(date +%s%N).qm$1.$id"
              echo $$ $(date +%s) > "$task"
              trap 'echo $? > "$task.end"' EXIT;;
            esac
            case $1 in
              status) echo "status: $(state)";;
              config) echo "onboot: 1";;
              agent) alive && timeout 4 bash -c 'exec 3<> "/dev/tcp/127.0.0.1/$1" && read -r said <&3 && [ -n "$said" ]' \\
                agent "$(/bin/cat "$STATE/port.$id")";;
              shutdown) note qm "$@"
                if ! alive; then echo "VM $id not running" >&2; exit 255; fi
                perl -e '@PRESS@' "$(/bin/cat "$STATE/control.$id")"
                end=$(($(date +%s) + $4))
                while alive; do
                  if [ "$(date +%s)" -ge "$end" ]; then echo 'VM quit/powerdown failed - got timeout' >&2; exit 255; fi
                  sleep 0.1
                done
                rm -f "$STATE/running.$id"; note down "$id";;
              stop) note qm "$@"; kill -9 "$(/bin/cat "$STATE/running.$id")"
                while alive; do sleep 0.1; done
                rm -f "$STATE/running.$id"; note down "$id";;
              start) note qm "$@"
                if alive; then echo "VM $id already running" >&2; exit 255; fi
                setsid sh "$STATE/start.$id" < /dev/null > /dev/null 2>&1 &
                echo $! > "$STATE/running.$id"; note up "$id";;
              *) note qm "$@"; exit 255;;
            esac""".replace("@IDS@", ids).replace("@PRESS@", PRESS).split("\n");
    }
}
