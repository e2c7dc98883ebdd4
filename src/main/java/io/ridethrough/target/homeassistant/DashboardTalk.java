package io.ridethrough.target.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.way.Told;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What is said about dashboards (home-assistant/core: components/lovelace/websocket and const). The default one may not be
 * in the list, and one without a content of its own answers {@code config_not_found}.
 */
final class DashboardTalk {
    private static final String DEFAULT = "lovelace";
    private static final String STORAGE = "storage";

    /** What {@code lovelace/dashboards/create} takes of what the list tells. */
    private static final Set<String> SETTINGS = Set.of("title", "icon", "require_admin", "show_in_sidebar");

    private DashboardTalk() {}

    static CompletionStage<Told> look(HomeTalk talk) throws IOException {
        Reply list = talk.ask(SocketWay.command("lovelace/dashboards/list"));
        if (!(list instanceof Reply.Data listed)) {
            return list.lookTrouble();
        }
        List<JsonNode> rows = new ArrayList<>();
        if (!isListed(listed.data(), DEFAULT)) {
            rows.add(Reply.JSON.createObjectNode().put("url_path", DEFAULT).put("mode", STORAGE));
        }
        listed.data().forEach(rows::add);
        List<HomeTold.Dashboard> all = new ArrayList<>();
        for (JsonNode row : rows) {
            String path = HomeReading.word(row, "url_path");
            Reply reply = talk.ask(asked("lovelace/config", path));
            Optional<JsonNode> content = reply instanceof Reply.Data data ? Optional.of(data.data()) : Optional.empty();
            if (content.isEmpty() && !(reply instanceof Reply.Conflict)) {
                return reply.lookTrouble();
            }
            all.add(new HomeTold.Dashboard(path, HomeReading.word(row, "mode"), settings(row), content));
        }
        return CompletableFuture.completedFuture(new HomeTold.Dashboards(all));
    }

    /** Nothing is certain once something was sent that is not answered. */
    static CompletionStage<Told> put(HomeTalk talk, HomeAsk.PutDashboard put) throws IOException {
        Reply list = talk.ask(SocketWay.command("lovelace/dashboards/list"));
        if (!(list instanceof Reply.Data listed)) {
            return list.lookTrouble();
        }
        if (!put.path().equals(DEFAULT) && !isListed(listed.data(), put.path())) {
            Reply made = sent(talk, made(put));
            if (!(made instanceof Reply.Data)) {
                return made.actRefused();
            }
        }
        ObjectNode save = asked("lovelace/config/save", put.path());
        save.set("config", put.content());
        Reply saved = sent(talk, save);
        return saved instanceof Reply.Data
                ? CompletableFuture.completedFuture(new Told.Done("Home Assistant takes it"))
                : saved.actRefused();
    }

    private static Reply sent(HomeTalk talk, ObjectNode command) {
        try {
            return talk.ask(command);
        } catch (IOException e) {
            return new Reply.Unknown(SocketWay.said(e));
        }
    }

    /** A path without a hyphen is one that somebody has to insist on; older ones do not know the word for that. */
    private static ObjectNode made(HomeAsk.PutDashboard put) {
        ObjectNode made = SocketWay.command("lovelace/dashboards/create").put("title", put.path());
        put.settings().properties().forEach(one -> made.set(one.getKey(), one.getValue()));
        if (!put.path().contains("-")) {
            made.put("allow_single_word", true);
        }
        return made.put("url_path", put.path()).put("mode", STORAGE);
    }

    private static boolean isListed(JsonNode list, String path) {
        for (JsonNode row : list) {
            if (HomeReading.word(row, "url_path").equals(path)) {
                return true;
            }
        }
        return false;
    }

    /** Nothing that is not said: an icon of {@code null} is refused. */
    private static ObjectNode settings(JsonNode row) {
        ObjectNode settings = Reply.JSON.createObjectNode();
        row.properties().stream()
                .filter(one ->
                        SETTINGS.contains(one.getKey()) && !one.getValue().isNull())
                .forEach(one -> settings.set(one.getKey(), one.getValue()));
        return settings;
    }

    /** The default one is meant where no path is said. */
    private static ObjectNode asked(String type, String path) {
        ObjectNode asked = SocketWay.command(type);
        return path.equals(DEFAULT) ? asked.putNull("url_path") : asked.put("url_path", path);
    }
}
