package io.ridethrough.target.plug;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.target.Said;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.mqtt.BrokerTalk.Message;
import io.ridethrough.target.way.Told;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Shelly's second generation and later ones (its API documentation, RPC Protocol and Switch): a call on
 * {@code <prefix>/rpc} is answered on {@code <src>/rpc} with its id, by a result or an error.
 *
 * @param prefix the first part of its topics
 * @param output from 0
 * @param source that of our calls; it is this conversation's own
 */
record Shelly2(String prefix, int output, String source) implements Dialect {
    @Override
    public Set<String> answers() {
        return Set.of(source + "/rpc");
    }

    @Override
    public String presence() {
        return prefix + "/online";
    }

    @Override
    public List<Message> asks() {
        return List.of(call("Switch.GetStatus", params()));
    }

    @Override
    public Optional<Told> state(Map<String, String> told) {
        return answer(told).flatMap(answer -> {
            if (answer.has("error")) {
                return Optional.of(no(answer));
            }
            JsonNode output = answer.path("result").path("output");
            JsonNode watts = answer.path("result").path("apower");
            return output.isBoolean()
                    ? Optional.of(new PlugTold.State(
                            output.booleanValue(),
                            watts.isNumber() ? OptionalDouble.of(watts.asDouble()) : OptionalDouble.empty()))
                    : Optional.empty();
        });
    }

    @Override
    public boolean isWhole(Map<String, String> told) {
        return state(told).isPresent();
    }

    @Override
    public Message switches(boolean on) {
        return call("Switch.Set", params().put("on", on));
    }

    /** It tells what it was, and not what it is. */
    @Override
    public Optional<Told> switched(Map<String, String> told, boolean on) {
        return answer(told)
                .filter(answer -> answer.has("error") || answer.has("result"))
                .map(answer -> answer.has("error") ? no(answer) : new Told.Done("it answers that it did"));
    }

    private ObjectNode params() {
        return Reply.JSON.createObjectNode().put("id", output);
    }

    private Message call(String method, ObjectNode params) {
        ObjectNode call = Reply.JSON.createObjectNode();
        call.put("id", 1).put("src", source).put("method", method).set("params", params);
        return new Message(prefix + "/rpc", call.toString());
    }

    private Optional<JsonNode> answer(Map<String, String> told) {
        return Optional.ofNullable(told.get(source + "/rpc")).flatMap(Reply::json);
    }

    private static Told no(JsonNode answer) {
        JsonNode error = answer.path("error");
        return new Told.Declined(Said.line(
                error.path("code").asText() + " " + error.path("message").asText()));
    }
}
