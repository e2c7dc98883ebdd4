package io.ridethrough.target.stack;

import io.ridethrough.contract.Stack;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.RemoteCommand.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The commands for one compose project, by name and folder (protocols 9). */
public record ComposeCommands(String project, String path, boolean sudo) {
    private static final Duration LOOK = Duration.ofSeconds(30);

    public static ComposeCommands of(Stack stack) {
        return new ComposeCommands(stack.project(), stack.path(), stack.ssh().sudo());
    }

    /** All containers, exited ones too, as JSON in either of its two forms. */
    public RemoteCommand ps() {
        return compose(LOOK, Lane.LOOK, "ps", "-a", "--format", "json");
    }

    /** The ids of all containers, exited ones too, a line each. */
    public RemoteCommand ids() {
        return compose(LOOK, Lane.LOOK, "ps", "-a", "-q");
    }

    /** What becomes of these containers when their host starts, as {@link RestartPolicies} reads it. */
    public RemoteCommand policies(List<String> ids) {
        List<String> words = new ArrayList<>(List.of("docker", "inspect", "--format", RestartPolicies.FORMAT));
        words.addAll(ids);
        return new RemoteCommand(words, LOOK, Lane.LOOK).asRoot(sudo);
    }

    /** The names of the services that the project's file declares. */
    public RemoteCommand services() {
        return compose(LOOK, Lane.LOOK, "config", "--services");
    }

    /** Stops the containers; restart policies then keep them stopped, except {@code always}. */
    public RemoteCommand stop(Duration grace, Duration limit) {
        return compose(limit, Lane.BLOCKING, "stop", "-t", seconds(grace));
    }

    /** Stops and removes the containers. */
    public RemoteCommand down(Duration grace, Duration limit) {
        return compose(limit, Lane.BLOCKING, "down", "-t", seconds(grace));
    }

    /** Brings every service up and waits until each runs or is healthy. */
    public RemoteCommand up(Duration patience, Duration limit) {
        return compose(limit, Lane.BLOCKING, "up", "-d", "--wait", "--wait-timeout", seconds(patience));
    }

    /** Takes the stopped containers of these services away; volumes stay, and what runs is not touched. */
    public RemoteCommand clear(List<String> services, Duration limit) {
        List<String> words = new ArrayList<>(List.of("rm", "-f"));
        words.addAll(services);
        return compose(limit, Lane.BLOCKING, words.toArray(String[]::new));
    }

    private RemoteCommand compose(Duration limit, Lane lane, String... words) {
        List<String> all = new ArrayList<>(List.of("docker", "compose", "--project-directory", path, "-p", project));
        all.addAll(List.of(words));
        return new RemoteCommand(all, limit, lane).asRoot(sudo);
    }

    private static String seconds(Duration time) {
        return Long.toString(Math.max(1, time.plusMillis(999).toSeconds()));
    }
}
