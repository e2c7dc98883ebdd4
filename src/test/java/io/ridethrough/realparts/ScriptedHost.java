package io.ridethrough.realparts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A node or NAS: a real OpenSSH server whose commands are scripts with the words, codes and states of protocols 1.6, 2.4
 * and 9, and which writes all that is done to it into a log of its own. A power-off kills its server and all that runs
 * there; {@link #boot()} brings it back with another boot id and nothing running.
 */
public final class ScriptedHost implements AutoCloseable {
    private static final String[] NOTE = {"printf '%s %s\\n' \"$(date +%s%N)\" \"$*\" >> \"$EVENTS\""};

    private static final String[] CAT = {
        "if [ \"$1\" = /proc/sys/kernel/random/boot_id ]; then exec /bin/cat \"$STATE/boot_id\"; fi",
        "exec /bin/cat \"$@\""
    };

    private static final String[] GO_OFF = {
        "tree() { for child in $(ps -o pid= --ppid \"$1\"); do tree \"$child\"; done; echo \"$1\"; }",
        "sleep 0.2",
        "for guest in \"$STATE\"/running.*; do",
        "  if [ -e \"$guest\" ]; then rm \"$guest\"; note \"lost ${guest##*.}: its host went off under it\"; fi",
        "done",
        "note off",
        "kill -9 $(tree \"$(/bin/cat \"$STATE/sshd.pid\")\")"
    };

    private static final String[] SYSTEMCTL = {
        "if [ $# -gt 2 ] && [ \"$1\" = is-active ]; then shift; for unit in \"$@\"; do echo active; done; exit 0; fi",
        "note systemctl \"$@\"",
        "case $1 in",
        "  poweroff) setsid -f go-off < /dev/null > /dev/null 2>&1;;",
        "  is-active) echo active;;",
        "esac"
    };

    /** The tasks of the tools below, with no end while their process lives; one that was killed has no last word. */
    private static final String[] PVESH = {
        "[ \"$1\" = get ] || exit 2",
        "case $2 in */tasks) ;; *) echo \"No 'get' handler defined for '$2'\" >&2; exit 2;; esac",
        "of=; [ \"$5\" = --vmid ] && of=$6",
        "comma=; printf '['",
        "for task in \"$STATE\"/task.*; do",
        "  case $task in *.end|*'*') continue;; esac",
        "  id=${task##*.}; type=${task%.*}; type=${type##*.}; read pid at < \"$task\"",
        "  if [ -n \"$of\" ] && [ \"$of\" != \"$id\" ]; then continue; fi",
        "  end=; if [ -e \"$task.end\" ]; then read code < \"$task.end\"",
        "    if [ \"$code\" = 0 ]; then end=OK; else end=\"exit code $code\"; fi",
        "  elif ! kill -0 \"$pid\" 2> /dev/null; then end='unexpected status'; fi",
        "  [ -n \"$end\" ] && end=\",\\\"endtime\\\":$at,\\\"status\\\":\\\"$end\\\"\"",
        "  printf '%s{\"upid\":\"UPID:node:%s:\",\"type\":\"%s\",\"id\":\"%s\",\"starttime\":%s%s}' \"$comma\" \"$pid\" \"$type\" \"$id\" \"$at\" \"$end\"",
        "  comma=,",
        "done",
        "echo ']'"
    };

    private static final String[] POWEROFF = {"note poweroff \"$@\"", "setsid -f go-off < /dev/null > /dev/null 2>&1"};

    private final String name;
    private final Path folder;
    private final OpenSsh ssh;
    private final List<Integer> guests;

    private ScriptedHost(String name, Path folder, List<Integer> guests) {
        this.name = name;
        this.folder = folder;
        this.guests = guests;
        this.ssh = OpenSsh.start(folder, "PidFile " + folder.resolve("state/sshd.pid"));
        ssh.command("note", NOTE)
                .command("cat", CAT)
                .command("go-off", GO_OFF)
                .command("systemctl", SYSTEMCTL)
                .command("poweroff", POWEROFF)
                .command("shutdown", "note shutdown \"$@\"; exit 1")
                .command("reboot", "note reboot \"$@\"; exit 1");
        newBoot();
        guests.forEach(this::isRunning);
    }

    /** A NAS that answers, and serves that. */
    public static ScriptedHost nas(Path folder, String name, String export) {
        ScriptedHost host = new ScriptedHost(name, folder, List.of());
        host.ssh.command("showmount", "echo Export list for 127.0.0.1:; echo '" + export + " *'");
        return host;
    }

    /** A Proxmox node that answers; its guests run. */
    public static ScriptedHost node(Path folder, String name, List<Integer> vms, List<Integer> containers) {
        List<Integer> guests = Stream.concat(vms.stream(), containers.stream()).toList();
        ScriptedHost host = new ScriptedHost(name, folder, guests);
        host.ssh.command("qm", tool("VM", "qemu-server", vms));
        host.ssh.command("pct", tool("CT", "lxc", containers));
        host.ssh.command("pvesh", PVESH);
        host.ssh.command("pvesm", "echo Name Type Status Total Used Available %; echo local dir active 9 2 7 22.22%");
        host.ssh.command("zpool", "printf 'rpool\\tONLINE\\n'");
        return host;
    }

    public String name() {
        return name;
    }

    public OpenSsh ssh() {
        return ssh;
    }

    /** Its own log so far. */
    public List<Moment> log() {
        return ssh.events().stream().map(line -> Moment.of(name, line)).toList();
    }

    /** Starts it with another boot id. */
    public void boot() {
        newBoot();
        note("on");
        ssh.start();
    }

    /** Back to the beginning: it is on with all its guests, nothing is wrong with it, and its log is empty. */
    public void asNew() {
        ssh.stop();
        newBoot();
        ssh.start();
        for (int guest : guests) {
            isRunning(guest);
            open(guest);
            delete("state/ignores." + guest);
        }
        write("events", "");
    }

    /** Writes into its log what only hardware can see. */
    public void note(String what) {
        java.time.Instant now = java.time.Instant.now();
        write("events", "%d%09d %s%n".formatted(now.getEpochSecond(), now.getNano(), what), StandardOpenOption.APPEND);
    }

    /** Makes a guest run, as before the test. */
    public void isRunning(int guest) {
        write("state/running." + guest, "");
    }

    /** Makes a guest not run, as if a person had stopped it. */
    public void isStopped(int guest) {
        delete("state/running." + guest);
    }

    public boolean runs(int guest) {
        return Files.exists(folder.resolve("state/running." + guest));
    }

    /** From now on the guest does nothing when asked to shut down; its tool says so after half a second. */
    public void ignoresShutdown(int guest) {
        write("state/ignores." + guest, "");
    }

    /** From now on a shutdown of the guest begins and does not end, until {@link #open}. */
    public void gate(int guest) {
        write("state/gate." + guest, "");
    }

    public void open(int guest) {
        delete("state/gate." + guest);
    }

    @Override
    public void close() {
        ssh.close();
    }

    /** What ran before has no end now that anybody could tell. */
    private void newBoot() {
        try (Stream<Path> files = Files.list(folder.resolve("state"))) {
            files.map(file -> "state/" + file.getFileName())
                    .filter(file -> file.startsWith("state/task."))
                    .forEach(this::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write("state/boot_id", UUID.randomUUID() + "\n");
    }

    /** A guest takes 0.3 s to stop and to start; a started one answers its agent 0.3 s after that. */
    private static String[] tool(String kind, String tree, List<Integer> own) {
        String ids = String.join(" ", own.stream().map(String::valueOf).toList());
        String row = kind.equals("VM")
                ? "printf '%10s %-20s %-10s %-10s %12s %-10s\\n' $id guest-$id $(state) 1024 8.00 0"
                : "printf '%-10s %-10s %-12s %-20s\\n' $id $(state) '' guest-$id";
        return """
            me=$(basename "$0") id=$2
            state() { if [ -e "$STATE/running.$id" ]; then echo running; else echo stopped; fi; }
            if [ "$1" = list ]; then for id in @IDS@; do @ROW@; done; exit 0; fi
            case " @IDS@ " in *" $id "*) ;; *)
              echo "Configuration file 'nodes/$HOSTNAME/@TREE@/$id.conf' does not exist" >&2; exit 2;;
            esac
            case $1 in shutdown|stop|start)
              task="$STATE/task.$(date +%s%N).$([ "$me" = pct ] && echo vz || echo qm)$1.$id"
              echo $$ $(date +%s) > "$task"
              trap 'echo $? > "$task.end"' EXIT;;
            esac
            case $1 in
              status) echo "status: $(state)";;
              config) echo "cores: 2";;
              agent|exec) [ "$(state)" = running ] && [ "$(($(date +%s%N) - $(date -r "$STATE/running.$id" +%s%N)))" -gt 300000000 ];;
              shutdown) note "$me" "$@"
                if [ "$(state)" = stopped ]; then echo "@KIND@ $id not running" >&2; exit 255; fi
                while [ -e "$STATE/gate.$id" ]; do sleep 0.05; done
                if [ -e "$STATE/ignores.$id" ]; then
                  sleep 0.5; echo '@KIND@ quit/powerdown failed - got timeout' >&2; exit 255
                fi
                sleep 0.3; rm -f "$STATE/running.$id"; note down "$id";;
              stop) note "$me" "$@"; rm -f "$STATE/running.$id"; note down "$id";;
              start) note "$me" "$@"
                if [ "$(state)" = running ]; then echo "@KIND@ $id already running" >&2; exit 255; fi
                sleep 0.3; : > "$STATE/running.$id"; note up "$id";;
              *) note "$me" "$@"; exit 255;;
            esac""".replace("@IDS@", ids)
                .replace("@ROW@", row)
                .replace("@TREE@", tree)
                .replace("@KIND@", kind)
                .split("\n");
    }

    private void write(String file, String text, StandardOpenOption... options) {
        try {
            Files.writeString(folder.resolve(file), text, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String file) {
        try {
            Files.deleteIfExists(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
