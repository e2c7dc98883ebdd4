package io.ridethrough.contract;

import java.util.List;

/**
 * The one name that a credential goes by in stacks.
 *
 * @param never other names that the same credential was known by, which nothing may use any more
 */
public record SecretName(String name, List<String> never) {
    public SecretName {
        never = List.copyOf(never);
    }
}
