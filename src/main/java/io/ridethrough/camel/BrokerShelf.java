package io.ridethrough.camel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ridethrough.receipt.CanonicalJson;
import io.ridethrough.receipt.Head;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A message that a site's broker retains: the newest head alone. */
record BrokerShelf(BrokerTopic topic) implements Shelf {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return topic.name();
    }

    @Override
    public boolean keepsAll() {
        return false;
    }

    @Override
    public List<Head> heads() throws Exception {
        Optional<String> retained = topic.retained();
        return retained.isEmpty() ? List.of() : List.of(read(retained.get()));
    }

    private static Head read(String retained) throws IOException {
        try {
            return Head.read(JSON.readTree(retained))
                    .orElseThrow(() -> new IOException("what is retained there is no head of receipts"));
        } catch (JsonProcessingException e) {
            throw new IOException("what is retained there is no head of receipts", e);
        }
    }

    @Override
    public void keep(Head head) throws Exception {
        topic.retain(CanonicalJson.write(head.json()));
    }
}
