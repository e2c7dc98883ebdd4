package io.ridethrough.lab.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.lab.api.Asked;
import io.ridethrough.lab.api.LabTalk;
import io.ridethrough.lab.api.Said;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.host.Fault.Interface.Surface;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A simulated Home Assistant: REST and WebSocket (protocols 4). Traps: the API answers 200 long before it runs, an
 * address is banned (403) after five answers of 401, {@code /api/hassio} is 401 for a good token, and {@code /api} without
 * its slash is no API.
 */
public final class LabHomeAssistant {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BEFORE_ITS_HOST = Duration.ofSeconds(10);

    /** Under a supervisor there is no {@code backup/create} (home-assistant/core: components/backup/services.py). */
    private static final String BACK_UP = "/api/services/backup/create_automatic";

    private static final Pattern OF_ADD_ON = Pattern.compile("/addons/(?<slug>[^/]+)/(?<verb>start|restart)");

    private static final String ENTRIES = "/api/config/config_entries/entry";
    private static final String STATES = "/api/states/";
    private static final String RELOAD = ENTRIES + "/3/reload";
    private static final int PATIENCE = 5;
    private static final Duration STARTS_FOR = Duration.ofSeconds(40);
    private static final String VERSION = "2026.11.2";

    private final LabModel model;
    final HomeAssistant declared;
    private final LabInterface own;
    private final LabInterface rest;
    private final LabInterface socket;
    private final String token;
    private final Map<String, String> addOns = new TreeMap<>();
    private final LabHouse house;
    private final LabHomeBackups backups;
    private String integrations = "[]";
    private String flows = "[]";
    private String boot;
    private String state = "RUNNING";
    private int shown;
    private int refused;

    /** @param token a long-lived one of an administrator */
    public LabHomeAssistant(LabModel model, HomeAssistant declared, String token) {
        this.model = model;
        this.declared = declared;
        this.own = new LabInterface(model, declared.guest(), () -> model.isUp(declared.guest()));
        this.rest = own.on(Surface.REST);
        this.socket = own.on(Surface.SOCKET);
        this.token = token;
        this.boot = bootId();
        this.house = new LabHouse(model.health(declared.guest().site()), model.clock::now);
        this.backups = new LabHomeBackups(model.clock);
        declared.addOns().forEach(one -> addOns.put(one.slug(), "started"));
    }

    private String bootId() {
        return model.guest(declared.guest()).map(LabGuest::bootId).orElse("");
    }

    /** What it says of itself from now on, until it boots again. */
    public void says(String word) {
        model.clock.settle(() -> state = word);
    }

    /** An integration is in that state; where {@code reauth}, a person must log in anew. */
    public void integration(String domain, String word, boolean reauth) {
        model.clock.settle(() -> {
            integrations = "[{\"entry_id\":\"1\",\"domain\":\"mqtt\",\"title\":\"MQTT\",\"state\":\"loaded\","
                    + "\"disabled_by\":null},{\"entry_id\":\"2\",\"domain\":\"old\",\"title\":\"Old\","
                    + "\"state\":\"not_loaded\",\"disabled_by\":\"user\"},{\"entry_id\":\"3\",\"domain\":\"" + domain
                    + "\",\"title\":\"" + domain + "\",\"state\":\"" + word + "\",\"disabled_by\":null}]";
            flows = "[{\"handler\":\"cast\",\"context\":{\"source\":\"zeroconf\"}}"
                    + (reauth ? ",{\"handler\":\"" + domain + "\",\"context\":{\"source\":\"reauth\"}}" : "") + "]";
        });
    }

    /** How many wrong tokens it has seen. */
    public int refused() {
        return model.clock.ask(() -> refused);
    }

    /** How many requests and talks it has seen with any token. */
    public int shown() {
        return model.clock.ask(() -> shown);
    }

    public boolean isOpen() {
        return own.isOpen();
    }

    public CompletableFuture<Said> answer(Asked asked) {
        boolean reload = asked.path().equals(RELOAD);
        boolean act = reload || asked.path().startsWith("/api/services/");
        String what = reload ? "reload 3" : "rest " + asked.path();
        LabInterface by = asked.path().equals("/api/websocket") ? socket : rest;
        CompletableFuture<Said> said = by.answer(asked, act, "ha", what, this::said, one -> one.status() < 400);
        return asked.path().equals(BACK_UP) ? said.thenCompose(this::atItsEnd) : said;
    }

    /** A service is answered when it has ended (home-assistant/core: components/api). */
    private CompletableFuture<Said> atItsEnd(Said said) {
        CompletableFuture<Said> later = new CompletableFuture<>();
        model.clock.after(said.status() == 200 ? LabHomeBackups.TAKES : Duration.ZERO, () -> later.complete(said));
        return later;
    }

    /** What follows on a request for a WebSocket. */
    public LabTalk talk() {
        return new LabHomeTalk(this);
    }

    private Said said(Asked asked) {
        boots();
        if (refused >= PATIENCE) {
            return new Said(403, "Forbidden", "403: Forbidden");
        }
        if (asked.path().equals("/api/websocket")) {
            return new Said(101, "Switching Protocols", "");
        }
        if (asked.header("authorization").isEmpty()) {
            return new Said(401, "Unauthorized", "401: Unauthorized"); // it is alive (protocols 4)
        }
        if (!accepts(asked.header("authorization").replaceFirst("^Bearer ", ""))) {
            return new Said(401, "Unauthorized", "401: Unauthorized");
        }
        if (asked.path().equals("/api/services/hassio/host_shutdown")
                && asked.method().equals("POST")) {
            if (rest.fails(How.NO_RIGHTS)) {
                refused++;
                return new Said(401, "Unauthorized", "401: Unauthorized");
            }
            shutDown(rest);
            return json("[]");
        }
        if (asked.path().equals(BACK_UP) && asked.method().equals("POST")) {
            return beginBackup(rest)
                    .map(busy -> new Said(500, "Internal Server Error", "500 Internal Server Error: " + busy))
                    .orElseGet(() -> json("[]"));
        }
        return switch (asked.path()) {
            case "/api/" -> json("{\"message\":\"API running.\"}");
            case "/api/config" -> json(config());
            case ENTRIES -> json(integrations);
            case RELOAD -> reloaded();
            default -> of(asked.path());
        };
    }

    private Said of(String path) {
        if (path.startsWith("/api/hassio/")) {
            return new Said(401, "Unauthorized", "401: Unauthorized");
        }
        return Optional.of(path)
                .filter(one -> one.startsWith(STATES))
                .flatMap(one -> house.state(one.substring(STATES.length())))
                .map(LabHomeAssistant::json)
                .orElseGet(() -> new Said(404, "Not Found", "{\"message\":\"Entity not found.\"}"));
    }

    private Optional<String> beginBackup(LabInterface by) {
        return by.fails(How.PRETENDS) ? Optional.empty() : backups.begin();
    }

    /** Somebody has it make a backup. */
    public void backUp() {
        model.clock.settle(() -> {
            var unused = backups.begin();
        });
    }

    /** Where its backups cannot be put from now on; empty when all is well. */
    public void backupsFailAt(String agent) {
        model.clock.settle(() -> backups.fails(agent));
    }

    /** How many backups it has. */
    public int backups() {
        return model.clock.ask(backups::count);
    }

    /** A setup that is tried again, unless what it needs is still away. */
    private Said reloaded() {
        if (!rest.fails(How.PRETENDS)) {
            integrations = integrations.replace("setup_retry", "loaded");
        }
        return json("{\"require_restart\":false}");
    }

    /** After a boot it is starting for a while, and its API answers already. */
    private void boots() {
        String now = bootId();
        if (now.equals(boot)) {
            return;
        }
        boot = now;
        state = "NOT_RUNNING";
        model.clock.after(STARTS_FOR.dividedBy(2), () -> state = "STARTING");
        model.clock.after(STARTS_FOR, () -> state = "RUNNING");
    }

    /** Whether a token is the right one; wrong ones count. */
    boolean accepts(String given) {
        shown++;
        if (given.equals(token)) {
            return true;
        }
        refused++;
        return false;
    }

    String config() {
        return "{\"components\":[\"mqtt\",\"hassio\"],\"state\":\"" + state + "\",\"version\":\"" + VERSION + "\"}";
    }

    /** What a command comes to: its {@code result} as JSON, or {@code code: message}. */
    LabHomeTalk.Result command(JsonNode asked) {
        String type = asked.path("type").asText();
        return switch (type) {
            case "get_config" -> LabHomeTalk.Result.of(config());
            case "supervisor/api" -> supervisor(asked);
            case "backup/info" -> LabHomeTalk.Result.of(backups.info());
            case LabHomeTalk.BACK_UP -> {
                note("backup");
                yield beginBackup(socket)
                        .map(busy -> LabHomeTalk.Result.error("unknown_error", busy))
                        .orElseGet(() -> LabHomeTalk.Result.of("{\"backup_job_id\":\"1\"}"));
            }
            case "config_entries/get" -> LabHomeTalk.Result.of(entries());
            case "config_entries/flow/progress" -> LabHomeTalk.Result.of(flows);
            default ->
                house.command(asked).orElseGet(() -> LabHomeTalk.Result.error("unknown_command", "Unknown command."));
        };
    }

    /** Those that somebody made amiss, and those that its contract expects. */
    private String entries() {
        ArrayNode entries = house.entries();
        try {
            JSON.readTree(integrations).forEach(entries::add);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return entries.toString();
    }

    /** An entity is in that state from now on. */
    public void entity(String id, String word) {
        model.clock.settle(() -> house.entity(id, word));
    }

    /** It shows those entities too, while it runs; before, they are unavailable (protocols 4). */
    public void shows(Supplier<Map<String, String>> entities) {
        model.clock.settle(() -> house.shows(() -> {
            Map<String, String> states = new TreeMap<>(entities.get());
            states.replaceAll((id, word) -> state.equals("RUNNING") ? word : "unavailable");
            return states;
        }));
    }

    /** There is no such entity any more. */
    public void noEntity(String id) {
        model.clock.settle(() -> house.noEntity(id));
    }

    /** An automation was triggered that long ago. */
    public void rested(String automation, Duration since) {
        model.clock.settle(() -> house.rested(automation, since));
    }

    /** A device of an integration is reached at that host; it is away where that is empty. */
    public void device(String domain, String name, String host) {
        model.clock.settle(() -> house.device(domain, name, host));
    }

    /** Somebody added an integration, or removed it. */
    public void integrationIsThere(String domain, boolean is) {
        model.clock.settle(() -> house.integration(domain, is));
    }

    /** There is a dashboard with that many views. */
    public void dashboard(String path, int views) {
        model.clock.settle(() -> house.dashboard(path, views));
    }

    /** There is no such dashboard any more. */
    public void noDashboard(String path) {
        model.clock.settle(() -> house.noDashboard(path));
    }

    /** That dashboard is a file of the configuration, which nobody can save over the WebSocket. */
    public void dashboardOfAFile(String path) {
        model.clock.settle(() -> house.ofAFile(path));
    }

    /** How many views a dashboard has; -1 where it is away. */
    public int views(String path) {
        return model.clock.ask(() -> house.views(path));
    }

    private LabHomeTalk.Result supervisor(JsonNode asked) {
        if (socket.fails(How.NO_RIGHTS)) {
            return LabHomeTalk.Result.error("unauthorized", "Unauthorized");
        }
        String endpoint = asked.path("endpoint").asText();
        String method = asked.path("method").asText();
        if (endpoint.equals("/addons") && method.equals("get")) {
            String all = addOns.entrySet().stream()
                    .map(one -> "{\"slug\":\"" + one.getKey() + "\",\"state\":\"" + one.getValue() + "\"}")
                    .collect(Collectors.joining(","));
            return LabHomeTalk.Result.of("{\"addons\":[" + all + "]}");
        }
        Matcher addOn = OF_ADD_ON.matcher(endpoint);
        if (method.equals("post") && addOn.matches() && addOns.containsKey(addOn.group("slug"))) {
            String slug = addOn.group("slug");
            note(addOn.group("verb") + " " + slug);
            if (!socket.fails(How.PRETENDS)) {
                addOns.put(slug, "started");
            }
            return LabHomeTalk.Result.of("{}");
        }
        if (method.equals("post") && endpoint.equals("/host/shutdown")) {
            note("shutdown");
            shutDown(socket);
            return LabHomeTalk.Result.of("{}");
        }
        return LabHomeTalk.Result.error("unknown_error", "Addon does not exist");
    }

    private void note(String what) {
        model.events.note(declared.guest(), "ha", "socket", what, "call");
    }

    /** It answers, and its supervisor stops everything else before the host. */
    private void shutDown(LabInterface by) {
        if (!by.fails(How.PRETENDS)) {
            var unused = model.clock.after(
                    BEFORE_ITS_HOST, () -> model.guest(declared.guest()).ifPresent(LabGuest::powerOff));
        }
    }

    /** What the supervisor says of an add-on: started, stopped, error, unknown. */
    public void addOn(String slug, String word) {
        model.clock.settle(() -> addOns.put(slug, word));
    }

    /** What it says of it now. */
    public String addOn(String slug) {
        return model.clock.ask(() -> addOns.getOrDefault(slug, "not installed"));
    }

    /** Whether its WebSocket hangs up on what it did. */
    boolean dropsTalks() {
        return socket.fails(How.DROPS);
    }

    LabModel model() {
        return model;
    }

    static Said json(String body) {
        return new Said(200, "OK", body, Map.of());
    }
}
