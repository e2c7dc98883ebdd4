package io.ridethrough.cli;

import io.ridethrough.camel.WallTime;
import io.ridethrough.contract.WakeWay.WakeOnLan;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.wake.Waker;
import java.util.List;

/** A process that sends magic packets as the product does, in whatever network it is started: MAC, broadcast, port. */
final class SendsMagicPackets {
    private SendsMagicPackets() {}

    public static void main(String[] arguments) {
        WakeOnLan way = new WakeOnLan(List.of(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
        WallTime time = new WallTime(1, Runnable::run);
        System.out.println(
                new Waker(Wiring.direct(), time).wake(way).toCompletableFuture().join());
        System.exit(0);
    }
}
