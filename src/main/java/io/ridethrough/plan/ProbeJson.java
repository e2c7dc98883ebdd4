package io.ridethrough.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Probe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A declared question as JSON, so that a run asks what it was planned to ask. */
final class ProbeJson {
    private ProbeJson() {}

    static ObjectNode of(Probe probe) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("id", probe.id())
                .put("asset", probe.asset().toString())
                .put("kind", probe.getClass().getSimpleName());
        if (probe instanceof Probe.Http http) {
            ArrayNode expect = view.put("url", http.url()).putArray("expect");
            http.expect().stream().sorted().forEach(expect::add);
        } else if (probe instanceof Probe.Tcp tcp) {
            view.put("host", tcp.host()).put("port", tcp.port());
        } else if (probe instanceof Probe.Dns dns) {
            view.put("server", dns.server()).put("port", dns.port()).put("name", dns.name());
        } else if (probe instanceof Probe.Command command) {
            ArrayNode words = view.put("on", command.on().toString()).putArray("command");
            command.command().forEach(words::add);
        }
        return view;
    }

    static Probe read(JsonNode view) {
        String id = view.path("id").asText();
        AssetId asset = AssetId.parse(view.path("asset").asText());
        int port = view.path("port").asInt();
        return switch (view.path("kind").asText()) {
            case "Http" -> {
                Set<Integer> expect = new HashSet<>();
                view.path("expect").forEach(status -> expect.add(status.asInt()));
                yield new Probe.Http(id, asset, view.path("url").asText(), expect);
            }
            case "Tcp" -> new Probe.Tcp(id, asset, view.path("host").asText(), port);
            case "Dns" ->
                new Probe.Dns(
                        id,
                        asset,
                        view.path("server").asText(),
                        port,
                        view.path("name").asText());
            case "Command" -> {
                List<String> words = new ArrayList<>();
                view.path("command").forEach(word -> words.add(word.asText()));
                yield new Probe.Command(id, asset, AssetId.parse(view.path("on").asText()), words);
            }
            default -> throw new IllegalArgumentException("not a kind of probe: " + view.path("kind"));
        };
    }
}
