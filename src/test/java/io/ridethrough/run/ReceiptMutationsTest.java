package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Trigger;
import io.ridethrough.receipt.CanonicalJson;
import io.ridethrough.receipt.Head;
import io.ridethrough.receipt.Proof;
import io.ridethrough.receipt.ReceiptChain;
import io.ridethrough.receipt.ReceiptFile;
import io.ridethrough.receipt.Signing;
import io.ridethrough.receipt.SigningKey;
import io.ridethrough.receipt.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Receipts of real runs, exported, and then tampered with in ten thousand ways: each is found, and nothing else is. */
class ReceiptMutationsTest {
    private static final int MUTATIONS = 10_000;

    private static SigningKey key = SigningKey.fresh();
    private static SigningKey another = SigningKey.fresh();
    private static List<ObjectNode> chain = List.of();
    private static List<String> written = List.of();
    private static Trust trust = Trust.NOTHING;

    /** What is done to an exported copy, by whom has it and can write it, but has not the key. */
    private enum Mutation {
        ALTER_A_BYTE,
        ALTER_A_BYTE_OF_A_SIGNATURE,
        ALTER_A_FIELD,
        ALTER_A_FIELD_AND_ITS_HASH,
        DROP,
        SWAP,
        DUPLICATE,
        TRUNCATE,
        TRUNCATE_AND_COUNT_ANEW,
        CUT_THE_FILE,
        SIGN_ONE_WITH_ANOTHER_KEY,
        WRITE_ANEW_WITH_ANOTHER_KEY,
        WRITE_ANEW_UNSIGNED
    }

    @BeforeAll
    static void run() {
        Bench bench = new Bench();
        for (String host : List.of("pve1", "pve2", "nas")) {
            bench.world.sees("attic/" + host, new Sight.Desired("well"));
        }
        for (List<Phase> phases : List.of(
                List.of(Phase.PRECHECK), List.of(Phase.SHUTDOWN), List.of(Phase.STARTUP), List.of(Phase.VERIFY))) {
            bench.toItsEnd(bench.begin(Plans.intent(Trigger.HAND, phases.toArray(Phase[]::new))));
        }
        List<ObjectNode> signed = new ArrayList<>();
        for (JsonNode receipt : bench.journal.receipts()) {
            ObjectNode plain = receipt.deepCopy();
            plain.remove(List.of("number", "previous", "hash"));
            signed.add(ReceiptChain.link(last(signed), plain, new Signing.By(key)));
        }
        chain = List.copyOf(signed);
        written = signed.stream().map(CanonicalJson::write).toList();
        Head newest = Head.of(chain.get(chain.size() - 1)).orElseThrow();
        trust = new Trust(List.of(key.verifying()), List.of(newest));
    }

    private static Optional<JsonNode> last(List<ObjectNode> receipts) {
        return receipts.isEmpty() ? Optional.empty() : Optional.of(receipts.get(receipts.size() - 1));
    }

    @Test
    void aChainOfRealRunsIsAsItWasWritten() {
        assertThat(chain).hasSizeGreaterThanOrEqualTo(4).allSatisfy(receipt -> assertThat(receipt.path("steps"))
                .isNotEmpty());

        Proof proof = Proof.of(ReceiptFile.read(ReceiptFile.write(chain).getBytes(StandardCharsets.UTF_8)), trust);

        assertThat(proof.flaw()).isEmpty();
        assertThat(proof.notes()).isEmpty();
        assertThat(proof.signed()).isEqualTo(chain.size());
        assertThat(proof.anchored()).isEqualTo(chain.size());
    }

    @Test
    void everyBeginningOfItIsAsItWasWrittenWhereNothingNewerIsKeptElsewhere() {
        for (int length = 0; length <= chain.size(); length++) {
            List<Head> kept = chain.subList(0, length).stream()
                    .flatMap(one -> Head.of(one).stream())
                    .toList();
            Proof proof = Proof.of(
                    ReceiptFile.read(bytes(written.subList(0, length))), new Trust(List.of(key.verifying()), kept));
            assertThat(proof.flaw()).as("the first %d", length).isEmpty();
        }
    }

    @Test
    void findsEveryOneOfTenThousandMutations() {
        byte[] whole = bytes(written);
        Duration before = cpu();
        Map<Mutation, Long> played = Collections.synchronizedMap(new EnumMap<>(Mutation.class));
        List<String> missed = IntStream.range(0, MUTATIONS)
                .parallel()
                .mapToObj(seed -> {
                    Random random = new Random(seed);
                    Mutation mutation = Mutation.values()[seed % Mutation.values().length];
                    byte[] mutated = mutate(mutation, random);
                    played.merge(mutation, 1L, Long::sum);
                    if (Arrays.equals(mutated, whole)) {
                        return mutation + " of seed " + seed + " changed nothing";
                    }
                    Proof proof = Proof.of(ReceiptFile.read(mutated), trust);
                    return proof.flaw().isPresent()
                                    && !proof.flaw().get().what().isBlank()
                            ? ""
                            : mutation + " of seed " + seed + " was not found";
                })
                .filter(what -> !what.isEmpty())
                .toList();

        assertThat(missed).isEmpty();
        System.out.println(MUTATIONS + " mutations of " + whole.length + " bytes, all found, in " + cpu().minus(before)
                + " of processor time: " + played);
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static byte[] mutate(Mutation mutation, Random random) {
        List<String> lines = new ArrayList<>(written);
        int at = random.nextInt(lines.size());
        switch (mutation) {
            case ALTER_A_BYTE -> {
                byte[] whole = bytes(lines);
                int place = random.nextInt(whole.length);
                whole[place] = (byte) (whole[place] ^ (1 + random.nextInt(255)));
                return whole;
            }
            case ALTER_A_BYTE_OF_A_SIGNATURE -> lines.set(at, CanonicalJson.write(signedAmiss(at, random)));
            case ALTER_A_FIELD -> lines.set(at, CanonicalJson.write(altered(at, random)));
            case ALTER_A_FIELD_AND_ITS_HASH -> lines.set(at, CanonicalJson.write(hashedAnew(altered(at, random))));
            case DROP -> lines.remove(at == lines.size() - 1 ? at - 1 : at);
            case SWAP -> Collections.swap(lines, at, (at + 1 + random.nextInt(lines.size() - 1)) % lines.size());
            case DUPLICATE -> lines.add(random.nextInt(lines.size() + 1), lines.get(at));
            case TRUNCATE -> {
                return bytes(lines.size(), lines.subList(0, at));
            }
            case TRUNCATE_AND_COUNT_ANEW -> lines.subList(at, lines.size()).clear();
            case CUT_THE_FILE -> {
                byte[] whole = bytes(lines);
                return Arrays.copyOf(whole, random.nextInt(whole.length));
            }
            case SIGN_ONE_WITH_ANOTHER_KEY ->
                lines.set(
                        at,
                        CanonicalJson.write(
                                ReceiptChain.link(before(at), plain(chain.get(at)), new Signing.By(another))));
            case WRITE_ANEW_WITH_ANOTHER_KEY -> writeAnew(lines, at, altered(at, random), new Signing.By(another));
            case WRITE_ANEW_UNSIGNED -> writeAnew(lines, at, altered(at, random), Signing.NONE);
        }
        return bytes(lines);
    }

    private static void writeAnew(List<String> lines, int from, ObjectNode first, Signing signing) {
        Optional<JsonNode> before = before(from);
        for (int i = from; i < lines.size(); i++) {
            ObjectNode next = ReceiptChain.link(before, plain(i == from ? first : chain.get(i)), signing);
            lines.set(i, CanonicalJson.write(next));
            before = Optional.of(next);
        }
    }

    private static Optional<JsonNode> before(int at) {
        return last(chain.subList(0, at));
    }

    private static ObjectNode signedAmiss(int at, Random random) {
        ObjectNode receipt = chain.get(at).deepCopy();
        char[] signature = receipt.path("signature").asText().toCharArray();
        int place = random.nextInt(signature.length - 2);
        signature[place] = signature[place] == 'A' ? 'B' : 'A';
        return receipt.put("signature", new String(signature));
    }

    private static ObjectNode hashedAnew(ObjectNode receipt) {
        ObjectNode content = receipt.deepCopy();
        content.remove(List.of("hash", "signature"));
        return receipt.put("hash", CanonicalJson.hash(content));
    }

    private static ObjectNode plain(ObjectNode receipt) {
        ObjectNode plain = receipt.deepCopy();
        plain.remove(List.of("key", "signature", "hash"));
        return plain;
    }

    /** With another value of a field, one field less or one more. */
    private static ObjectNode altered(int at, Random random) {
        ObjectNode receipt = chain.get(at).deepCopy();
        List<String> names = new ArrayList<>();
        receipt.fieldNames().forEachRemaining(names::add);
        names.removeAll(List.of("hash", "signature"));
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(3)) {
            case 0 -> receipt.remove(name);
            case 1 -> receipt.put("added-" + random.nextInt(1000), true);
            default -> receipt.set(name, JsonNodeFactory.instance.textNode("another " + random.nextInt(1000)));
        }
        return receipt;
    }

    private static byte[] bytes(List<String> lines) {
        return bytes(lines.size(), lines);
    }

    /** An export that says that it holds so many. */
    private static byte[] bytes(int count, List<String> lines) {
        String first = "{\"count\":" + count + ",\"format\":\"ridethrough-receipts-1\"}\n";
        return (first + lines.stream().map(line -> line + "\n").collect(Collectors.joining()))
                .getBytes(StandardCharsets.UTF_8);
    }
}
