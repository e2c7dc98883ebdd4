package io.ridethrough.target.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.way.Told;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What is said about dashboards (home-assistant/core: components/lovelace/websocket). The default one is not in the list,
 * and one without a content of its own answers {@code config_not_found}.
 */
final class DashboardTalk {
    private static final String DEFAULT = "lovelace";

    private DashboardTalk() {}

    static CompletionStage<Told> look(HomeTalk talk) throws IOException {
        Reply list = talk.ask(SocketWay.command("lovelace/dashboards/list"));
        if (!(list instanceof Reply.Data listed)) {
            return list.lookTrouble();
        }
        List<HomeTold.Dashboard> all = new ArrayList<>();
        List<JsonNode> settings = new ArrayList<>();
        settings.add(Reply.JSON.createObjectNode().put("url_path", DEFAULT).put("mode", "storage"));
        listed.data().forEach(settings::add);
        for (JsonNode one : settings) {
            String path = HomeReading.word(one, "url_path");
            Reply reply = talk.ask(asked("lovelace/config", path));
            Optional<JsonNode> content = reply instanceof Reply.Data data ? Optional.of(data.data()) : Optional.empty();
            if (content.isEmpty() && !(reply instanceof Reply.Conflict)) {
                return reply.lookTrouble();
            }
            all.add(new HomeTold.Dashboard(
                    path, HomeReading.word(one, "title"), HomeReading.word(one, "mode"), content));
        }
        return CompletableFuture.completedFuture(new HomeTold.Dashboards(all));
    }

    /** The default one is meant where no path is said. */
    private static ObjectNode asked(String type, String path) {
        ObjectNode asked = SocketWay.command(type);
        return path.equals(DEFAULT) ? asked.putNull("url_path") : asked.put("url_path", path);
    }
}
