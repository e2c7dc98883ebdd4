package io.ridethrough.draft.bindings;

import java.util.Optional;

/** A subnet as it is written: address and prefix length. */
record Lan(int address, int prefix) {
    static Optional<Lan> of(String cidr) {
        int slash = cidr.indexOf('/');
        Optional<Integer> address = number(slash < 0 ? cidr : cidr.substring(0, slash));
        try {
            return address.map(it -> new Lan(it, slash < 0 ? 32 : Integer.parseInt(cidr.substring(slash + 1))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean has(String host) {
        int mask = prefix <= 0 ? 0 : -1 << (32 - Math.min(prefix, 32));
        return number(host).filter(it -> (it & mask) == (address & mask)).isPresent();
    }

    /** The address that everyone in it hears. */
    String broadcast() {
        int all = address | (prefix >= 32 ? 0 : -1 >>> Math.max(prefix, 0));
        return (all >>> 24) + "." + (all >>> 16 & 255) + "." + (all >>> 8 & 255) + "." + (all & 255);
    }

    static Optional<Integer> number(String address) {
        String[] parts = address.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        int number = 0;
        for (String part : parts) {
            if (!part.matches("[0-9]{1,3}") || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            number = number << 8 | Integer.parseInt(part);
        }
        return Optional.of(number);
    }
}
