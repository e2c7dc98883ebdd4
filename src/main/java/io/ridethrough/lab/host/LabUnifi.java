package io.ridethrough.lab.host;

import io.ridethrough.contract.UnifiController;
import io.ridethrough.contract.UnifiController.Form;
import io.ridethrough.lab.api.Asked;
import io.ridethrough.lab.api.Said;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.host.Fault.Interface.Surface;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A simulated UniFi controller with all three surfaces (protocols 3): the integration API by key, and the classic API of
 * a console (cookie, token against forged requests renewed by every answer) or of a self-hosted server (cookie). Traps:
 * {@code rc:error} with 200, lists by pages of no promised order, logins that are too many (429), a Network application
 * that is starting up (503 in plain text), and no port actions before version 9.1 (404).
 */
public final class LabUnifi {
    private static final int PATIENCE = 5;
    private static final String ACTIONS = "/actions";

    private final LabModel model;
    private final UnifiController declared;
    private final LabInterface own;
    private final LabInterface integration;
    private final LabInterface classic;
    private final String key;
    private final String login;
    private final LabUnifiSite site;
    private String cookie = "";
    private String forgeryToken = "";
    private int answers;
    private int logins;
    private int refused;
    private boolean startsUp;
    private boolean portActions = true;
    private String portOverrides = "[{\"port_idx\":1,\"name\":\"way\"},{\"port_idx\":8,\"poe_mode\":\"off\"}]";

    /** @param login {@code user:password} of the classic API */
    public LabUnifi(LabModel model, UnifiController declared, String key, String login) {
        this.model = model;
        this.declared = declared;
        this.own = new LabInterface(model, declared.runsOn(), () -> model.isUp(declared.runsOn()));
        this.integration = own.on(Surface.INTEGRATION);
        this.classic = own.on(Surface.CLASSIC);
        this.key = key;
        this.login = login;
        this.site = new LabUnifiSite(model, declared.runsOn());
    }

    /** Its Network application begins or ends to start up. */
    public void startsUp(boolean whether) {
        model.clock.settle(() -> startsUp = whether);
    }

    /** It is a version before 9.1: the integration API has no actions of ports. */
    public void withoutPortActions() {
        model.clock.settle(() -> portActions = false);
    }

    /** What is set of its switch's ports: whatever list is written replaces the whole of it (protocols 3.2). */
    public String portOverrides() {
        return model.clock.ask(() -> portOverrides);
    }

    /** What is set of its gateway's outlets; what a list leaves out is wiped. */
    public String outlets() {
        return model.clock.ask(site::outlets);
    }

    /** Somebody put a port of its switch on that VLAN. */
    public void moved(int port, int vlan) {
        model.clock.settle(() -> site.moved(port, vlan));
    }

    /** Somebody turned the PoE of a port of its switch on or off. */
    public void poe(int port, boolean on) {
        model.clock.settle(() -> site.poe(port, on));
    }

    /** Somebody plugged the site's NAS into that port. */
    public void nasAt(int port) {
        model.clock.settle(() -> site.nasAt(port));
    }

    /** Its classic login is forgotten. */
    public void expire() {
        model.clock.settle(() -> cookie = "");
    }

    /** How many classic logins it has seen, refused ones too. */
    public int logins() {
        return model.clock.ask(() -> logins);
    }

    public boolean isOpen() {
        return own.isOpen();
    }

    public CompletableFuture<Said> answer(Asked asked) {
        boolean outlet = asked.body().contains("outlet_overrides");
        boolean act = asked.path().endsWith(ACTIONS) || asked.path().contains("/cmd/") || outlet;
        boolean byKey = asked.path().contains("/integration/");
        return (byKey ? integration : classic)
                .answer(
                        asked,
                        act,
                        "unifi",
                        (byKey ? "integration " : "classic ")
                                + (outlet
                                        ? "outlet"
                                        : asked.body().contains("ycl")
                                                        || asked.body().contains("CYCLE")
                                                ? "cycle"
                                                : "restart"),
                        this::said,
                        said -> said.status() < 400 && !said.body().contains("\"rc\":\"error\""));
    }

    private Said said(Asked asked) {
        String path = asked.path();
        boolean console = declared.form() == Form.UNIFI_OS;
        if (path.equals(console ? "/api/auth/login" : "/api/login")
                && asked.method().equals("POST")) {
            return login(asked);
        }
        String network = console ? "/proxy/network" : "";
        if (!path.startsWith(network)) {
            return new Said(404, "Not Found", "");
        }
        if (startsUp) {
            return new Said(503, "Service Unavailable", "Host starting up");
        }
        String rest = path.substring(network.length());
        return rest.startsWith("/integration/v1")
                ? integration(asked, rest.substring("/integration/v1".length()))
                : classic(asked, rest);
    }

    private Said integration(Asked asked, String path) {
        if (!asked.header("x-api-key").equals(key)) {
            return error(401, "Missing or invalid API key");
        }
        if (path.equals("/info")) {
            return new Said(200, "OK", "{\"applicationVersion\":\"9.1.120\"}");
        }
        if (path.equals("/sites")) {
            return page(asked, site.sites(declared.site()));
        }
        String root = "/sites/" + LabUnifiSite.SITE;
        if (!path.startsWith(root)) {
            return error(404, "no such site");
        }
        if (integration.fails(How.NO_RIGHTS)) {
            return error(403, "Forbidden");
        }
        return switch (path.substring(root.length())) {
            case "/devices" -> page(asked, site.integrationDevices());
            case "/clients" -> page(asked, site.integrationClients());
            case "/networks" -> page(asked, site.integrationNetworks());
            default -> path.endsWith(ACTIONS) ? action(asked, path.substring(root.length())) : error(404, "Not found");
        };
    }

    private Said action(Asked asked, String path) {
        boolean port = path.contains("/interfaces/ports/");
        if (port && !portActions) {
            return error(404, "Not found");
        }
        if (!asked.body().contains(port ? "POWER_CYCLE" : "RESTART")) {
            return error(400, "unknown action");
        }
        String[] words = path.split("/", -1);
        int number = port ? Integer.parseInt(words[words.length - 2]) : 0;
        return act(integration, site.macOf(words[2]), number, port)
                ? new Said(200, "OK", "")
                : error(404, "no such device");
    }

    private boolean act(LabInterface by, String mac, int port, boolean cycle) {
        return by.fails(How.PRETENDS) || (cycle ? site.cycle(mac, port) : site.restart(mac));
    }

    private Said login(Asked asked) {
        logins++;
        if (refused >= PATIENCE) {
            return new Said(429, "Too Many Requests", "{\"code\":\"AUTHENTICATION_FAILED_LIMIT_REACHED\"}");
        }
        int colon = login.indexOf(':');
        boolean right = asked.body().contains("\"" + login.substring(0, colon) + "\"")
                && asked.body().contains("\"" + login.substring(colon + 1) + "\"");
        boolean console = declared.form() == Form.UNIFI_OS;
        if (!right) {
            refused++;
            return console
                    ? new Said(401, "Unauthorized", "{\"code\":\"AUTHENTICATION_FAILED_INVALID_CREDENTIALS\"}")
                    : new Said(400, "Bad Request", rc("error", "api.err.Invalid", "[]"));
        }
        cookie = (console ? "TOKEN" : "unifises") + "=lab-" + logins;
        Said welcome = new Said(
                200,
                "OK",
                console ? "{\"username\":\"lab\"}" : rc("ok", "", "[]"),
                Map.of("Set-Cookie", cookie + "; Path=/; HttpOnly; Secure"));
        return renewed(welcome);
    }

    /** Every answer of a console brings a new token against forged requests. */
    private Said renewed(Said said) {
        if (declared.form() == Form.SELF_HOSTED) {
            return said;
        }
        forgeryToken = "lab-csrf-" + ++answers;
        Map<String, String> headers = new java.util.TreeMap<>(said.headers());
        headers.put("X-CSRF-Token", forgeryToken);
        return new Said(said.status(), said.reason(), said.body(), headers);
    }

    private Said classic(Asked asked, String path) {
        boolean console = declared.form() == Form.UNIFI_OS;
        if (cookie.isEmpty() || !asked.header("cookie").equals(cookie)) {
            return new Said(401, "Unauthorized", rc("error", "api.err.LoginRequired", "[]"));
        }
        boolean writes = !asked.method().equals("GET");
        if (console && writes && !asked.header("x-csrf-token").equals(forgeryToken)) {
            return new Said(403, "Forbidden", "{\"code\":\"FORBIDDEN\"}");
        }
        if (path.equals("/api/self/sites")) {
            String role = own.fails(How.FEWER_RIGHTS) ? "readonly" : "admin";
            return renewed(ok("[{\"name\":\"" + declared.site() + "\",\"desc\":\"Lab\",\"role\":\"" + role + "\"}]"));
        }
        String root = "/api/s/" + declared.site();
        if (!path.startsWith(root)) {
            return renewed(new Said(400, "Bad Request", rc("error", "api.err.NoSiteContext", "[]")));
        }
        if (classic.fails(How.NO_RIGHTS)) {
            return renewed(new Said(200, "OK", rc("error", "api.err.NoPermission", "[]")));
        }
        return renewed(
                switch (path.substring(root.length())) {
                    case "/stat/device" -> ok(site.classicDevices());
                    case "/stat/sta" -> ok(site.classicClients());
                    case "/rest/networkconf" -> ok(site.classicNetworks());
                    case "/rest/user" -> ok(site.classicUsers());
                    case "/cmd/devmgr" -> command(asked.body());
                    case "/rest/device/a" -> outlets(asked.body());
                    case "/rest/device/b" -> overridden(asked.body());
                    default -> new Said(404, "Not Found", rc("error", "api.err.NotFound", "[]"));
                });
    }

    private Said outlets(String body) {
        return classic.fails(How.PRETENDS) || site.outlets(body)
                ? ok("[]")
                : new Said(200, "OK", rc("error", "api.err.InvalidPayload", "[]"));
    }

    private Said overridden(String body) {
        portOverrides = body;
        return ok("[]");
    }

    private Said command(String body) {
        String mac = LabUnifiSite.field(body, "mac");
        boolean cycle = LabUnifiSite.field(body, "cmd").equals("power-cycle");
        if (!cycle && !LabUnifiSite.field(body, "reboot_type").equals("soft")) {
            return new Said(200, "OK", rc("error", "api.err.Invalid", "[]"));
        }
        int port = cycle ? Integer.parseInt(LabUnifiSite.field(body, "port_idx")) : 0;
        return act(classic, mac, port, cycle)
                ? ok("[]")
                : new Said(200, "OK", rc("error", "api.err.UnknownDevice", "[]"));
    }

    /** At most as many as asked for, 25 unless asked; the answer tells how many there are. */
    private static Said page(Asked asked, java.util.List<String> all) {
        int offset = Integer.parseInt(asked.parameters().getOrDefault("offset", "0"));
        int limit = Integer.parseInt(asked.parameters().getOrDefault("limit", "25"));
        if (limit > 200) {
            return error(400, "limit is at most 200");
        }
        java.util.List<String> rows = all.stream().skip(offset).limit(limit).toList();
        return new Said(
                200,
                "OK",
                "{\"offset\":" + offset + ",\"limit\":" + limit + ",\"count\":" + rows.size() + ",\"totalCount\":"
                        + all.size() + ",\"data\":[" + String.join(",", rows) + "]}");
    }

    private static Said ok(String data) {
        return new Said(200, "OK", rc("ok", "", data));
    }

    private static String rc(String rc, String message, String data) {
        return "{\"meta\":{\"rc\":\"" + rc + "\"" + (message.isEmpty() ? "" : ",\"msg\":\"" + message + "\"")
                + "},\"data\":" + data + "}";
    }

    private static Said error(int status, String message) {
        return new Said(
                status,
                "Error",
                "{\"statusCode\":" + status + ",\"code\":\"api.error\",\"message\":\"" + message + "\"}");
    }
}
