package io.ridethrough.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.journal.Journal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The receipts as the journal has them, for whoever reads, proves or takes them along. Changes nothing. */
public final class ReceiptsApi {
    private static final int PAGE = 50;

    private final Tokens tokens;
    private final Journal journal;
    private final Supplier<List<Anchorage>> anchorages;
    private final String world;

    /**
     * Where heads of the chain are kept elsewhere.
     *
     * @param place for people
     * @param newest the number of the newest receipt whose head is there; 0 for none
     * @param trouble why nothing newer is there, if something is wrong; else empty
     */
    public record Anchorage(String place, State state, long newest, String trouble) {
        /** How it stands with it. */
        public enum State {
            /** What is there is of this chain. */
            OURS,
            /** It was not asked yet, or does not answer. */
            UNKNOWN,
            /** It keeps the head of a receipt that this chain has not. */
            ANOTHER_CHAIN;

            String word() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
    }

    public ReceiptsApi(Tokens tokens, Journal journal, Supplier<List<Anchorage>> anchorages, String world) {
        this.tokens = tokens;
        this.journal = journal;
        this.anchorages = anchorages;
        this.world = world;
    }

    /** GET receipts: each in a line's worth, oldest first, and where their heads are kept. */
    public Reply list(Call call) {
        if (!tokens.admits(call.authorization())) {
            return Reply.unauthorized();
        }
        ObjectNode view = Views.object().put("world", world);
        ArrayNode receipts = view.putArray("receipts");
        for (List<JsonNode> page = journal.receiptsAfter(0, PAGE); !page.isEmpty(); ) {
            page.forEach(receipt -> receipts.add(summary(receipt)));
            page = journal.receiptsAfter(
                    page.get(page.size() - 1).path("number").asLong(), PAGE);
        }
        ArrayNode places = view.putArray("kept-elsewhere");
        anchorages.get().forEach(one -> places.addObject()
                .put("place", one.place())
                .put("state", one.state().word())
                .put("newest", one.newest())
                .put("trouble", one.trouble()));
        return Reply.ok(view);
    }

    /** GET receipts/{id}: one, by its number or by what it is of. */
    public Reply one(Call call) {
        if (!tokens.admits(call.authorization())) {
            return Reply.unauthorized();
        }
        Optional<JsonNode> found = number(call.id()).flatMap(number -> journal.receiptsAfter(number - 1, 1).stream()
                .filter(receipt -> receipt.path("number").asLong() == number)
                .findFirst());
        return found.or(() -> journal.receipt(call.id()))
                .map(Reply::ok)
                .orElseGet(() -> Reply.problem(404, "No such receipt", List.of("no receipt \"" + call.id() + "\"")));
    }

    /** GET receipts/after/{id}: the next whole ones after that number. */
    public Reply after(Call call) {
        if (!tokens.admits(call.authorization())) {
            return Reply.unauthorized();
        }
        return number(call.id())
                .map(number -> {
                    ObjectNode view = Views.object();
                    ArrayNode receipts = view.putArray("receipts");
                    journal.receiptsAfter(number, PAGE).forEach(receipts::add);
                    return Reply.ok(view);
                })
                .orElseGet(() -> Reply.problem(404, "No such receipt", List.of("\"" + call.id() + "\" is no number")));
    }

    private static Optional<Long> number(String id) {
        return id.matches("[0-9]{1,15}") ? Optional.of(Long.parseLong(id)) : Optional.empty();
    }

    /** What is shown of a receipt in a list. */
    public static ObjectNode summary(JsonNode receipt) {
        String kind = receipt.path("kind").asText("run");
        ObjectNode one = Views.object()
                .put("number", receipt.path("number").asLong())
                .put("kind", kind)
                .put("name", receipt.path("run").asText(receipt.path("name").asText()))
                .put("scope", receipt.path("scope").asText())
                .put("at", receipt.path("ended").asText(receipt.path("at").asText()))
                .put("result", receipt.path("result").asText())
                .put("world", receipt.path("world").asText());
        if (receipt.hasNonNull("reason")) {
            one.put("reason", receipt.path("reason").asText());
        }
        return one.put("hash", receipt.path("hash").asText()).put("signed", receipt.hasNonNull("signature"));
    }
}
