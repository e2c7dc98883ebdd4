package io.ridethrough.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReceiptChainTest {
    private final List<JsonNode> receipts = new ArrayList<>(chainOf(4));

    @Test
    void acceptsWhatWasWritten() {
        assertThat(ReceiptChain.verify(receipts)).isEmpty();
        assertThat(ReceiptChain.verify(List.of())).isEmpty();
        assertThat(receipts.get(0).path("previous").asText()).isEqualTo(ReceiptChain.START);
    }

    @Test
    void findsAnAlteredReceipt() {
        ((ObjectNode) receipts.get(2)).put("run", "another");

        assertThat(ReceiptChain.verify(receipts)).hasValueSatisfying(flaw -> {
            assertThat(flaw.number()).isEqualTo(3);
            assertThat(flaw.what()).contains("altered");
        });
    }

    @Test
    void findsADroppedReceipt() {
        receipts.remove(1);

        assertThat(ReceiptChain.verify(receipts))
                .hasValueSatisfying(flaw -> assertThat(flaw.what()).contains("receipt 2 is missing"));
    }

    @Test
    void findsSwappedReceipts() {
        Collections.swap(receipts, 1, 2);

        assertThat(ReceiptChain.verify(receipts))
                .hasValueSatisfying(flaw -> assertThat(flaw.number()).isEqualTo(2));
    }

    @Test
    void findsAReceiptOfAnotherChainPutInPlace() {
        ObjectNode foreign = ReceiptChain.link(
                Optional.of(chainOf(1).get(0)),
                JsonNodeFactory.instance.objectNode().put("run", "forged"));
        receipts.set(2, ReceiptChain.link(Optional.of(foreign), foreign));

        assertThat(ReceiptChain.verify(receipts))
                .hasValueSatisfying(flaw -> assertThat(flaw.what()).contains("does not follow"));
    }

    @Test
    void reportsThingsThatAreNoReceipt() {
        assertThat(ReceiptChain.verify(List.of(JsonNodeFactory.instance.textNode("x"))))
                .isPresent();
        assertThatThrownBy(() -> ReceiptChain.link(Optional.empty(), JsonNodeFactory.instance.arrayNode()))
                .hasMessageContaining("JSON object");
    }

    private static List<JsonNode> chainOf(int length) {
        List<JsonNode> chain = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            Optional<JsonNode> last = chain.isEmpty() ? Optional.empty() : Optional.of(chain.get(i - 1));
            chain.add(ReceiptChain.link(
                    last, JsonNodeFactory.instance.objectNode().put("run", "r" + i)));
        }
        return chain;
    }
}
