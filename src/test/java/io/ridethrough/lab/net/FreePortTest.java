package io.ridethrough.lab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void isNeverOneThatTheKernelGivesToWhoeverAsksForAny() throws Exception {
        int lowest = Integer.MAX_VALUE;
        for (int i = 0; i < 200; i++) {
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                lowest = Math.min(lowest, any.getLocalPort());
            }
        }
        assumeThat(lowest).as("ports are left below those").isGreaterThan(12_000);
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            given.add(FreePort.onLoopback());
        }
        assertThat(given).hasSizeGreaterThan(150);
        assertThat(Collections.max(given)).isLessThan(lowest);
    }
}
