package io.ridethrough.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.ContractChanges.Change;
import java.util.List;
import java.util.Locale;

/** The contracts in use, over HTTP. */
public final class ContractsApi {
    private static final int LARGEST_BODY = 4 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** So much of a digest is shown, and is enough to name it. */
    private static final int SHORT = 12;

    private final Tokens tokens;
    private final Reload reload;

    public ContractsApi(Tokens tokens, Reload reload) {
        this.tokens = tokens;
        this.reload = reload;
    }

    /**
     * POST contracts/reload: {@code {"execute": true, "confirm": "digest"}}. Without {@code execute} nothing changes, and
     * what would is told.
     */
    public Reply reload(Call call) {
        if (!tokens.admits(call.authorization())) {
            return Reply.unauthorized();
        }
        if (call.body().length() > LARGEST_BODY) {
            return Reply.problem(413, "The request is too large", List.of("at most 4 KiB"));
        }
        JsonNode said;
        try {
            said = call.body().isBlank() ? Views.object() : JSON.readTree(call.body());
        } catch (JsonProcessingException e) {
            return Reply.problem(400, "The request is not JSON", List.of(e.getOriginalMessage()));
        }
        if (!said.path("execute").asBoolean()) {
            return answer(reload.look());
        }
        String confirmed = said.path("confirm").asText();
        return confirmed.length() < SHORT
                ? Reply.problem(
                        422,
                        "The request was refused",
                        List.of("\"execute\" needs \"confirm\": the digest that was looked at, or its first " + SHORT
                                + " digits"))
                : answer(reload.take(confirmed, "http"));
    }

    private static Reply answer(Reload.Answer answer) {
        if (answer instanceof Reload.Invalid invalid) {
            return Reply.problem(422, "The contracts in the folder are not valid", invalid.errors());
        }
        if (answer instanceof Reload.Refused refused) {
            return Reply.problem(409, "The contracts were not taken", List.of(refused.reason()));
        }
        Reload.Offered offered = (Reload.Offered) answer;
        ObjectNode view = Views.object()
                .put("folder", offered.folder())
                .put("same", offered.same())
                .put("taken", offered.taken())
                .put("shared", offered.changes().shared());
        ArrayNode sites = view.putArray("sites");
        offered.changes().sites().forEach((site, change) -> sites.addObject()
                .put("site", site.value())
                .put("change", word(change)));
        ArrayNode assets = view.putArray("assets");
        offered.changes().assets().forEach((asset, change) -> assets.addObject()
                .put("asset", asset.toString())
                .put("change", word(change)));
        ArrayNode waiting = view.putArray("waiting");
        offered.waiting()
                .forEach((site, run) ->
                        waiting.addObject().put("site", site.value()).put("run", run));
        ArrayNode troubles = view.putArray("troubles");
        offered.troubles().forEach(troubles::add);
        return Reply.ok(view);
    }

    private static String word(Change change) {
        return change.name().toLowerCase(Locale.ROOT);
    }
}
