package io.ridethrough.target.tailnet;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;

/** An IPv4 or IPv6 subnet, read without any name look-up. Text that is none covers nothing and is covered by nothing. */
public record Subnet(int width, BigInteger bits, int prefix) {
    private static final Subnet NONE = new Subnet(0, BigInteger.ZERO, 0);

    /** Reads {@code address/prefix}. */
    public static Subnet of(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0 || !cidr.substring(slash + 1).matches("\\d{1,3}")) {
            return NONE;
        }
        int prefix = Integer.parseInt(cidr.substring(slash + 1));
        String address = cidr.substring(0, slash);
        Subnet whole = address.contains(":") ? six(address) : four(address);
        return prefix > whole.width ? NONE : new Subnet(whole.width, whole.bits, prefix);
    }

    /** Whether that address, without a prefix, is one of it. */
    public boolean holds(String address) {
        return covers(of(address + (address.contains(":") ? "/128" : "/32")));
    }

    boolean covers(Subnet other) {
        return width > 0
                && width == other.width
                && prefix <= other.prefix
                && bits.shiftRight(width - prefix).equals(other.bits.shiftRight(width - prefix));
    }

    private static Subnet four(String address) {
        String[] parts = address.split("\\.", -1);
        if (parts.length != 4 || !Arrays.stream(parts).allMatch(part -> part.matches("\\d{1,3}"))) {
            return NONE;
        }
        int[] bytes = Arrays.stream(parts).mapToInt(Integer::parseInt).toArray();
        return IntStream.of(bytes).allMatch(b -> b < 256) ? new Subnet(32, join(bytes, 8), 32) : NONE;
    }

    private static Subnet six(String address) {
        int gap = address.indexOf("::");
        int[] head = groups(gap < 0 ? address : address.substring(0, gap));
        int[] tail = gap < 0 ? new int[0] : groups(address.substring(gap + 2));
        int given = head.length + tail.length;
        boolean whole = gap < 0 ? given == 8 : given < 8;
        if (!whole || IntStream.concat(IntStream.of(head), IntStream.of(tail)).anyMatch(group -> group < 0)) {
            return NONE;
        }
        int[] all = Arrays.copyOf(head, 8);
        System.arraycopy(tail, 0, all, 8 - tail.length, tail.length);
        return new Subnet(128, join(all, 16), 128);
    }

    private static int[] groups(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        return Arrays.stream(text.split(":", -1))
                .mapToInt(group -> group.matches("[0-9a-fA-F]{1,4}") ? Integer.parseInt(group, 16) : -1)
                .toArray();
    }

    private static BigInteger join(int[] parts, int size) {
        BigInteger bits = BigInteger.ZERO;
        for (int part : parts) {
            bits = bits.shiftLeft(size).or(BigInteger.valueOf(part));
        }
        return bits;
    }
}
