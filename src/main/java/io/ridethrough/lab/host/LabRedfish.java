package io.ridethrough.lab.host;

import io.ridethrough.contract.AssetId;
import io.ridethrough.lab.api.Asked;
import io.ridethrough.lab.api.Said;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The management controller of one simulated host, by Redfish (DMTF DSP0266): on standby power, it answers while its host
 * is off. It switches its host on, and presses its power button, which a hung host does not heed. Traps: switching on what
 * is on is a conflict (409), and so is shutting down what is off, a reset is answered before anything happened and without a
 * body (204), from the third refused login on every login is refused, and a starting controller says 503.
 */
public final class LabRedfish {
    private static final int PATIENCE = 3;

    private final LabModel model;
    private final LabHost host;
    private final LabInterface own;
    private final String system;
    private final String login;
    private int refused;
    private boolean starting;
    private String word = "";

    /** @param login {@code user:password} */
    public LabRedfish(LabModel model, AssetId controller, AssetId host, String system, String login) {
        this.model = model;
        this.host = model.host(host).orElseThrow();
        this.own = new LabInterface(model, controller, () -> model.hasPower(host));
        this.system = system;
        this.login = login;
    }

    /** Whether it has just been restarted itself. */
    public void starting(boolean is) {
        model.clock.settle(() -> starting = is);
    }

    /** Whatever its host does, it tells this {@code PowerState}; empty for the truth. */
    public void tells(String state) {
        model.clock.settle(() -> word = state);
    }

    /** How many logins it has refused. */
    public int refused() {
        return model.clock.ask(() -> refused);
    }

    public boolean isOpen() {
        return own.isOpen();
    }

    public CompletableFuture<Said> answer(Asked asked) {
        return own.answer(
                asked,
                asked.method().equals("POST"),
                "redfish",
                asked.body(),
                this::said,
                said -> said.status() == 204);
    }

    private Said said(Asked asked) {
        if (starting) {
            return trouble(
                    503, "Service Unavailable", "The service is temporarily unavailable.", Map.of("Retry-After", "30"));
        }
        String shown = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        if (refused >= PATIENCE || !asked.header("authorization").equals(shown)) {
            refused++;
            return trouble(401, "Unauthorized", "The authentication credentials are missing or wrong.", Map.of());
        }
        String path = "/redfish/v1/Systems/" + system;
        if (asked.path().equals(path) && asked.method().equals("GET")) {
            return new Said(
                    200,
                    "OK",
                    "{\"@odata.id\":\"" + path + "\",\"Id\":\"" + system + "\",\"PowerState\":\"" + power()
                            + "\",\"Actions\":{\"#ComputerSystem.Reset\":{\"target\":\"" + path
                            + "/Actions/ComputerSystem.Reset\",\"ResetType@Redfish.AllowableValues\":["
                            + (own.fails(Fault.Interface.How.FEWER_RIGHTS)
                                    ? "\"ForceOff\""
                                    : "\"On\",\"ForceOff\",\"GracefulShutdown\"")
                            + "]}}}");
        }
        if (asked.path().equals(path + "/Actions/ComputerSystem.Reset")
                && asked.method().equals("POST")) {
            return reset(asked);
        }
        return trouble(404, "Not Found", "The resource " + asked.path() + " was not found.", Map.of());
    }

    private Said reset(Asked asked) {
        if (!asked.header("content-type").startsWith("application/json")) {
            return trouble(400, "Bad Request", "The request body is malformed.", Map.of());
        }
        return switch (asked.body()) {
            case "{\"ResetType\":\"On\"}" -> reset(true, () -> host.energise("management", "-"));
            case "{\"ResetType\":\"GracefulShutdown\"}" -> reset(false, this::pressButton);
            default -> trouble(400, "Bad Request", "The value of ResetType is not acceptable here.", Map.of());
        };
    }

    private Said reset(boolean on, Runnable act) {
        if (on == hasPower()) {
            return trouble(409, "Conflict", "Server is already powered " + (on ? "ON." : "OFF."), Map.of());
        }
        if (own.fails(Fault.Interface.How.NO_RIGHTS)) {
            return trouble(403, "Forbidden", "There are insufficient privileges for the account.", Map.of());
        }
        if (!own.fails(Fault.Interface.How.PRETENDS)) {
            act.run();
        }
        return new Said(204, "No Content", "");
    }

    private void pressButton() {
        if (!model.faults.hangs(host.id())) {
            host.powerOff();
        }
    }

    /** Whatever its host's own ports do. */
    private boolean hasPower() {
        return host.state() != LabHost.State.OFF;
    }

    private String power() {
        return !word.isEmpty() ? word : hasPower() ? "On" : "Off";
    }

    private static Said trouble(int status, String reason, String message, Map<String, String> headers) {
        return new Said(
                status,
                reason,
                "{\"error\":{\"code\":\"Base.1.12.GeneralError\",\"message\":\"A general error has occurred.\","
                        + "\"@Message.ExtendedInfo\":[{\"Message\":\"" + message + "\"}]}}",
                headers);
    }
}
