package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.breakglass.Move;
import io.ridethrough.breakglass.Sheet;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.document.Document;
import io.ridethrough.document.Documents;
import io.ridethrough.document.Stamp;
import io.ridethrough.lab.HostPort;
import io.ridethrough.lab.LabOptions;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Trace;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.VirtualTime;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No way to wake is forgotten where it is only asked which one it is, which no compiler sees: each has an example here, and
 * with it is bound, told to people, traced and found in the lab.
 */
@Timeout(60)
class EveryWayToWakeTest {
    private static final AssetId NODE = AssetId.parse("attic/pve2");

    /**
     * One way as it is declared for the attic's second node.
     *
     * @param words in the documents
     * @param byHand in the sheet for the day without us
     * @param trace of a sending without an answer (R19); empty where nothing is sent
     * @param inLab whether the lab has what it goes through; what goes through nothing is the lab's host itself
     */
    private record Example(
            Class<? extends WakeWay> kind,
            Contracts contracts,
            String words,
            String byHand,
            Optional<String> trace,
            BiPredicate<LabWorld, WakeWay> inLab) {
        WakeWay way() {
            return ways().stream().filter(kind::isInstance).findFirst().orElseThrow();
        }

        List<WakeWay> ways() {
            return ((Node) contracts.asset(NODE).orElseThrow()).wake();
        }

        @Override
        public String toString() {
            return kind.getSimpleName();
        }
    }

    static List<Example> examples() {
        return List.of(
                new Example(
                        WakeWay.WakeOnLan.class,
                        FakeContracts.attic(),
                        "Wake-on-LAN to 02:00:5e:10:00:03",
                        "wakeonlan -i 192.0.2.255 -p 9 02:00:5e:10:00:03",
                        Optional.of("a magic packet more does no more"),
                        (world, way) -> world.wiring().udp().containsKey(heard((WakeWay.WakeOnLan) way))),
                new Example(
                        WakeWay.Management.class,
                        FakeContracts.atticWithManagement(),
                        "its management controller broker",
                        "switch it on in the web page of attic/broker",
                        Optional.of("what is on stays as it is when it is switched on"),
                        (world, way) -> world.redfish(((WakeWay.Management) way).controller())
                                .isOpen()),
                new Example(
                        WakeWay.PoweredPort.class,
                        FakeContracts.atticWithPoweredOutlet(),
                        "off and on again, only where it is silent",
                        "by hand, if it is silent: power of outlet 2",
                        Optional.of("its outlet is not seen to be off"),
                        (world, way) -> world.unifi(((WakeWay.PoweredPort) way).controller())
                                .isOpen()),
                new Example(
                        WakeWay.Plug.class,
                        FakeContracts.atticWithPlug("tasmota", "plug-pve2"),
                        "its plug plug, switched on",
                        "by hand: switch its plug attic/plug on",
                        Optional.of("its plug: "),
                        (world, way) -> world.plug(((WakeWay.Plug) way).device()) != null),
                new Example(
                        WakeWay.AlarmClock.class,
                        FakeContracts.atticWaking("alarm-clock: {after: 30m}"),
                        "alarm, 30 min after its power-off",
                        "or by itself, 30 min after",
                        Optional.of("an alarm is waited for: nothing is sent"),
                        (world, way) -> world.isUp(NODE)),
                new Example(
                        WakeWay.Unaided.class,
                        FakeContracts.atticWaking("unaided: {by: mains, assumed: the firmware is set to it}"),
                        "own firmware, when mains return to it",
                        "by hand: press its power button",
                        Optional.empty(),
                        (world, way) -> world.isUp(NODE)));
    }

    /** Fails for a new one: give it an example, and see what else fails. */
    @Test
    void everyWayThatCanBeDeclaredHasAnExample() {
        assertThat(examples()).extracting(Example::kind).containsExactlyInAnyOrderElementsOf(permitted());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itsWordsAreInTheDocumentsAndInTheSheet(Example example) {
        String documents = Documents.of(
                        example.contracts(),
                        NODE.site(),
                        "secrets",
                        new Stamp("0123456789abcdef", LocalDate.of(2026, 3, 1)))
                .stream()
                .map(Document::text)
                .collect(Collectors.joining());
        List<String> byHand = Sheet.of(example.contracts(), NODE.site(), Instant.EPOCH).up().stream()
                .filter(move -> move.id().equals(NODE))
                .map(Move::read)
                .flatMap(List::stream)
                .toList();

        assertThat(documents).contains(example.words());
        assertThat(byHand).anyMatch(line -> line.contains(example.byHand()));
    }

    /** R19: what may be done about a sending of which no answer was recorded is said of each, and not by default. */
    @ParameterizedTest
    @MethodSource("examples")
    void aSendingWithoutAnAnswerHasItsOwnTrace(Example example) {
        VirtualTime time = new VirtualTime();
        TargetHands hands = new TargetHands(NoInterfaces.tools(example.contracts(), new FakeShell(), time));
        Step wake = Steps.of(Verb.WAKE, NODE.name());
        List<WakeWay> sent = example.ways().stream()
                .filter(way -> !(way instanceof WakeWay.Unaided))
                .toList();
        if (example.trace().isEmpty()) {
            assertThat(sent).isEmpty();
            return;
        }

        Trace trace = time.until(hands.trace(wake, hands.ladder(wake).get(sent.indexOf(example.way())), Instant.EPOCH));

        assertThat(trace.evidence()).contains(example.trace().get());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theLabHasWhatItGoesThrough(Example example, @TempDir Path folder) {
        try (LabWorld world = LabWorld.start(example.contracts(), new LabOptions(20, folder))) {
            assertThat(example.inLab().test(world, example.way())).isTrue();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Class<? extends WakeWay>> permitted() {
        return Arrays.stream(WakeWay.class.getPermittedSubclasses())
                .<Class<? extends WakeWay>>map(one -> (Class<? extends WakeWay>) one)
                .toList();
    }

    private static HostPort heard(WakeWay.WakeOnLan lan) {
        return new HostPort(lan.broadcast(), lan.port());
    }
}
