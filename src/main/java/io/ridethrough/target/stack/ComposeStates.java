package io.ridethrough.target.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ridethrough.target.Said;
import io.ridethrough.target.ssh.CommandResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code docker compose ps -a --format json} told of a stack (protocols 9). */
public sealed interface ComposeStates {
    /** The daemon answered; these are all its containers, none of them hidden. */
    record Told(List<Container> containers) implements ComposeStates {
        public Told {
            containers = List.copyOf(containers);
        }

        /** The containers for which the stack is not up, each with its reason; one-shots that ended well are fine. */
        public List<String> unwell() {
            return containers.stream()
                    .filter(c -> !c.up() && !c.endedWell())
                    .map(Container::toString)
                    .toList();
        }

        /** The containers that still run in any way. */
        public List<String> alive() {
            return containers.stream()
                    .filter(Container::alive)
                    .map(Container::toString)
                    .toList();
        }

        /** The services with a container that a hard stop left behind: it neither runs nor can be started again. */
        public List<String> leftOvers() {
            return containers.stream()
                    .filter(c -> c.state().equals("dead") || c.state().equals("removing"))
                    .map(Container::service)
                    .distinct()
                    .sorted()
                    .toList();
        }

        /**
         * Those that run without any other sign of being well, and have not yet run for ten seconds. A container that
         * ends and is started again and again runs too, in between; docker itself calls one well started after ten
         * seconds only (docker, start containers automatically).
         */
        public List<String> justStarted() {
            return containers.stream()
                    .filter(c -> c.up() && c.justStarted())
                    .map(Container::toString)
                    .toList();
        }

        /** Whether all of it may yet come up untold: some may still be starting, and nothing else is amiss. */
        public boolean isOnItsWay() {
            return containers.stream().allMatch(c -> c.up() || c.endedWell() || c.starting())
                    && containers.stream().anyMatch(c -> !c.endedWell());
        }

        /** How many run and are well. */
        public long up() {
            return containers.stream().filter(Container::up).count();
        }

        @Override
        public String toString() {
            return containers.stream().map(Container::toString).collect(Collectors.joining(", "));
        }
    }

    /** Nothing can be said: no answer, an error, or no JSON. */
    record Unreadable(String why) implements ComposeStates {}

    /**
     * One container. {@code health} is empty where none is declared.
     *
     * @param status for people, as {@code Up 3 seconds}; empty where it is not told
     */
    record Container(String service, String state, String health, int exitCode, String status) {
        private static final Pattern SECONDS = Pattern.compile("Up (?:Less than a|\\d) seconds?\\b.*");

        boolean up() {
            return state.equals("running") && (health.isEmpty() || health.equals("healthy"));
        }

        boolean starting() {
            return state.equals("running") && health.equals("starting");
        }

        boolean justStarted() {
            return health.isEmpty() && SECONDS.matcher(status).matches();
        }

        boolean endedWell() {
            return state.equals("exited") && exitCode == 0;
        }

        boolean alive() {
            return !state.equals("exited") && !state.equals("created") && !state.equals("dead");
        }

        @Override
        public String toString() {
            String detail = state.equals("exited") ? "(" + exitCode + ")" : health.isEmpty() ? "" : " " + health;
            return service + " " + state + detail;
        }
    }

    /** Reads an answer in either form: one array (before 2.21) or one object a line. */
    static ComposeStates read(CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited) || exited.code() != 0) {
            return new Unreadable(Said.by(result));
        }
        try {
            return new Told(containers(exited.out().strip()));
        } catch (JsonProcessingException e) {
            return new Unreadable("not the JSON of compose: " + Said.line(exited.out()));
        }
    }

    private static List<Container> containers(String out) throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        List<Container> containers = new ArrayList<>();
        if (out.startsWith("[")) {
            for (JsonNode node : mapper.readTree(out)) {
                containers.add(container(node));
            }
            return containers;
        }
        for (String line : out.lines().toList()) {
            if (!line.isBlank()) {
                containers.add(container(mapper.readTree(line)));
            }
        }
        return containers;
    }

    private static Container container(JsonNode node) {
        return new Container(
                Said.line(node.path("Service").asText(node.path("Name").asText("?"))),
                Said.line(node.path("State").asText("unknown")).toLowerCase(Locale.ROOT),
                Said.line(node.path("Health").asText("")).toLowerCase(Locale.ROOT),
                node.path("ExitCode").asInt(-1),
                Said.line(node.path("Status").asText("")));
    }
}
