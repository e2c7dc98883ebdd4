package io.ridethrough.lab.net;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.lab.host.Fault.Interface.How;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A simulated smart plug at its broker, in the dialect that its contract declares (protocols 7; documentation of Tasmota,
 * of Shelly's first generation and of its RPC). It says by itself that it is there, and its last will that it is away.
 */
public final class LabPlug implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LabPlug.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_ANSWER = "Please wait while the system is starting.";

    private final WakeWay.Plug declared;
    private final Outlet outlet;
    private final String uri;
    private volatile Optional<BridgeClient> client;
    private boolean wrong;

    /** What it switches; all of it is called on one thread. */
    public interface Outlet {
        boolean isOn();

        double watts();

        void turn(boolean on);

        /**
         * Whether it fails in this way now: GONE is away from the broker, which tells its last will; SILENT is there and
         * says nothing at all; LATE does as it is told and says so late; DROPS does as it is told and does not say so;
         * PRETENDS says that it did, and does nothing.
         */
        boolean fails(How how);

        /** Whether what it says to this is the wrong answer of WRONG_ONCE, for which nothing is done; it is well afterwards. */
        boolean isWrongOnce();

        /** Does that when a late answer is due. */
        void late(Runnable answer);

        /** Has that done on the thread of all calls. */
        void soon(Runnable work);
    }

    public LabPlug(WakeWay.Plug declared, String uri, Outlet outlet) {
        this.declared = declared;
        this.outlet = outlet;
        this.uri = uri;
        client = Optional.of(connected());
        there(true);
    }

    private BridgeClient connected() {
        return new BridgeClient(
                uri,
                "lab-plug-" + declared.device().name(),
                Optional.of(new BridgeClient.Will(presence(), word(false))),
                Set.of(commands()),
                (topic, payload) -> outlet.soon(() -> heard(topic, payload)));
    }

    /** Leaves the broker without a word while it is to be GONE, and comes back afterwards; again as long as it cannot. */
    public void comply() {
        if (outlet.fails(How.GONE)) {
            client.ifPresent(BridgeClient::vanish);
            client = Optional.empty();
        } else if (client.isEmpty()) {
            try {
                client = Optional.of(connected());
                there(true);
            } catch (IllegalStateException noBroker) {
                LOG.atDebug().setCause(noBroker).log("lab: a plug finds no broker");
            }
        }
    }

    /** The broker keeps that it is there, or that it is away, as its last will says whatever the reason. */
    public void there(boolean is) {
        publish(new UpsForm.Message(presence(), word(is), 1, true));
    }

    private String commands() {
        return switch (declared.kind()) {
            case TASMOTA -> tasmota("cmnd") + "/+";
            case SHELLY_1 -> "shellies/" + declared.topic() + "/#";
            case SHELLY_2 -> declared.topic() + "/rpc";
        };
    }

    private String presence() {
        return switch (declared.kind()) {
            case TASMOTA -> tasmota("tele") + "/LWT";
            case SHELLY_1 -> "shellies/" + declared.topic() + "/online";
            case SHELLY_2 -> declared.topic() + "/online";
        };
    }

    private String word(boolean there) {
        boolean tasmota = declared.kind() == WakeWay.PlugKind.TASMOTA;
        return there ? tasmota ? "Online" : "true" : tasmota ? "Offline" : "false";
    }

    private String tasmota(String prefix) {
        return declared.topic().contains("%prefix%")
                ? declared.topic().replace("%prefix%", prefix)
                : prefix + "/" + declared.topic();
    }

    private void heard(String topic, String payload) {
        if (outlet.fails(How.GONE) || outlet.fails(How.SILENT)) {
            return;
        }
        wrong = outlet.isWrongOnce();
        switch (declared.kind()) {
            case TASMOTA -> tasmota(topic.substring(tasmota("cmnd").length() + 1), payload);
            case SHELLY_1 -> shelly1(topic.substring(("shellies/" + declared.topic()).length() + 1), payload);
            case SHELLY_2 -> shelly2(payload);
        }
    }

    private void tasmota(String command, String payload) {
        String stat = tasmota("stat") + "/";
        String power = declared.output() == 1 ? "POWER" : "POWER" + declared.output();
        if (command.equals("STATUS") && payload.equals("10")) {
            say(
                    stat + "STATUS10",
                    "{\"StatusSNS\":{\"Time\":\"2024-01-01T00:00:00\",\"ENERGY\":{\"Total\":1.234,\"Power\":" + watts()
                            + ",\"Voltage\":230}}}");
        } else if (command.equals("POWER" + declared.output()) || command.equals(power)) {
            boolean acts = payload.equals("ON") || payload.equals("OFF");
            boolean is = acts ? turned(payload.equals("ON")) : outlet.isOn();
            if (!acts || !outlet.fails(How.DROPS)) {
                say(stat + "RESULT", "{\"" + power + "\":\"" + (is ? "ON" : "OFF") + "\"}");
                say(stat + power, is ? "ON" : "OFF");
            }
        }
    }

    private void shelly1(String command, String payload) {
        String relay = "relay/" + declared.output();
        if (command.equals("command") && payload.equals("update")) {
            shelly1(relay, outlet.isOn(), watts());
        } else if (command.equals(relay + "/command") && (payload.equals("on") || payload.equals("off"))) {
            boolean is = turned(payload.equals("on"));
            if (!outlet.fails(How.DROPS)) {
                shelly1(relay, is, watts());
            }
        }
    }

    private void shelly1(String relay, boolean on, String watts) {
        say("shellies/" + declared.topic() + "/" + relay, on ? "on" : "off");
        say("shellies/" + declared.topic() + "/" + relay + "/power", watts);
    }

    private void shelly2(String payload) {
        JsonNode call;
        try {
            call = JSON.readTree(payload);
        } catch (JsonProcessingException e) {
            return;
        }
        JsonNode params = call.path("params");
        boolean mine = params.path("id").asInt(-1) == declared.output();
        String method = call.path("method").asText();
        if (mine && method.equals("Switch.GetStatus")) {
            answer(
                    call,
                    "result",
                    "{\"id\":" + declared.output() + ",\"source\":\"MQTT\",\"output\":" + outlet.isOn() + ",\"apower\":"
                            + watts() + ",\"voltage\":230.1}");
        } else if (mine && method.equals("Switch.Set") && params.path("on").isBoolean()) {
            boolean was = outlet.isOn();
            turned(params.path("on").booleanValue());
            if (!outlet.fails(How.DROPS)) {
                answer(call, "result", "{\"was_on\":" + was + "}");
            }
        } else {
            answer(call, "error", "{\"code\":404,\"message\":\"No handler for " + method + "\"}");
        }
    }

    private void answer(JsonNode call, String how, String what) {
        String source = call.path("src").asText();
        say(
                source + "/rpc",
                "{\"id\":" + call.path("id").asInt() + ",\"src\":\"" + declared.topic() + "\",\"dst\":\"" + source
                        + "\",\"" + how + "\":" + what + "}");
    }

    /** How it says that it is then. */
    private boolean turned(boolean on) {
        if (!wrong && !outlet.fails(How.PRETENDS)) {
            outlet.turn(on);
        }
        return on;
    }

    private String watts() {
        return String.format(Locale.ROOT, "%.1f", outlet.watts());
    }

    private void say(String topic, String payload) {
        UpsForm.Message message = new UpsForm.Message(topic, wrong ? NO_ANSWER : payload, 1, false);
        if (outlet.fails(How.LATE)) {
            outlet.late(() -> publish(message));
        } else {
            publish(message);
        }
    }

    private void publish(UpsForm.Message message) {
        client.ifPresent(open -> open.publish(List.of(message)));
    }

    @Override
    public void close() {
        client.ifPresent(BridgeClient::close);
    }
}
