package io.ridethrough.lab.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Scanner;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A TCP port of loopback for somebody who will listen on it later. It is none of those that the kernel gives to whoever
 * asks for any (ip(7), {@code ip_local_port_range}), as every connection and every listener on port 0 does: among those
 * it would soon be another's; and one that knocks there could be given that very port, and connect to itself.
 */
public final class FreePort {
    private static final Path HANDED_OUT = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int FIRST = 10_000;
    private static final int TRIES = 1_000;

    private FreePort() {}

    /** One that nobody listens on at this moment, another each time as far as chance goes. Thread-safe. */
    public static int onLoopback() {
        int end = handedOutFrom();
        for (int tried = 0; end > FIRST && tried < TRIES; ) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, end);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                tried++;
            }
        }
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int handedOutFrom() {
        // Read at once: the kernel gives such a file from its beginning only, and Files.readString begins with one
        // byte.
        try (Scanner range = new Scanner(Files.newBufferedReader(HANDED_OUT))) {
            return range.nextInt();
        } catch (IOException | NoSuchElementException notLinux) {
            return 32_768;
        }
    }
}
