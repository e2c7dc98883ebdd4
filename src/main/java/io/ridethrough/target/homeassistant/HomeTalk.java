package io.ridethrough.target.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.target.Said;
import io.ridethrough.target.Secret;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.https.Reply.Why;
import java.io.IOException;

/**
 * What is said on a WebSocket of Home Assistant (protocols 4): the token first, then commands whose ids increase, each
 * answered by the result with its id, whatever comes between. Not thread-safe.
 */
final class HomeTalk {
    private final HomeSocket socket;
    private int id;

    HomeTalk(HomeSocket socket) {
        this.socket = socket;
    }

    /** It does not accept the token. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    void login(Secret token) throws IOException, RefusedException {
        String first = type(heard());
        if (!first.equals("auth_required")) {
            throw new IOException("it began with " + first + ", not with auth_required");
        }
        ObjectNode auth = Reply.JSON.createObjectNode().put("type", "auth").put("access_token", token.text());
        socket.say(auth.toString());
        JsonNode answer = heard();
        if (type(answer).equals("auth_invalid")) {
            throw new RefusedException(HomeReading.word(answer, "message"));
        }
        if (!type(answer).equals("auth_ok")) {
            throw new IOException("it answered a login with " + type(answer));
        }
    }

    /** Sends a command and waits for its result. */
    Reply ask(ObjectNode command) throws IOException {
        int mine = ++id;
        socket.say(command.put("id", mine).toString());
        while (true) {
            JsonNode heard = heard();
            if (type(heard).equals("result") && heard.path("id").asInt() == mine) {
                return read(heard);
            }
        }
    }

    private static Reply read(JsonNode result) {
        if (result.path("success").asBoolean()) {
            return new Reply.Data(result.path("result"));
        }
        String code = HomeReading.word(result.path("error"), "code");
        String why = code + ": " + HomeReading.word(result.path("error"), "message");
        return switch (code) {
            case "unauthorized" -> new Reply.Unusable(Why.RIGHT, why + " (an administrator's token is needed)");
            case "unknown_command" -> new Reply.Unusable(Why.UNSUPPORTED, why);
            case "timeout" -> new Reply.Unknown(why);
            default -> new Reply.Conflict(why);
        };
    }

    private JsonNode heard() throws IOException {
        String text = socket.hear();
        return Reply.json(text)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new IOException("no message of its protocol: " + Said.line(text)));
    }

    private static String type(JsonNode message) {
        return HomeReading.word(message, "type");
    }
}
