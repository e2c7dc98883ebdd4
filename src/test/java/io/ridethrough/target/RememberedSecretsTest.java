package io.ridethrough.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ridethrough.target.Secrets.UnusableSecretException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** R27: no secret is needed from anywhere in the dark. */
class RememberedSecretsTest {
    private final Map<String, String> store = new HashMap<>(Map.of("proxmox/home", "old"));
    private final Secrets kept = name -> {
        String value = store.get(name);
        if (value == null) {
            throw new UnusableSecretException(name + " is missing");
        }
        return Secret.of(value);
    };
    private final RememberedSecrets secrets = new RememberedSecrets(kept);

    @Test
    void keepsWhatWasFetchedAtArmingWhenItsStoreIsGone() throws Exception {
        secrets.fetch(List.of("proxmox/home", "proxmox/none"));
        store.clear();

        assertThat(secrets.secret("proxmox/home").text()).isEqualTo("old");
        assertThatThrownBy(() -> secrets.secret("proxmox/none")).hasMessage("proxmox/none is missing");
    }

    @Test
    void takesAChangedSecretAtOnceWhileItsStoreIsThere() throws Exception {
        secrets.fetch(List.of("proxmox/home"));
        store.put("proxmox/home", "new");

        assertThat(secrets.secret("proxmox/home").text()).isEqualTo("new");
        store.clear();
        assertThat(secrets.secret("proxmox/home").text()).isEqualTo("new");
    }

    @Test
    void comesFromTheEnvironmentWhereItStandsThere() throws Exception {
        Secrets both = new EnvironmentSecrets(Map.of("RIDETHROUGH_SECRET_SSH_MY_KEY", "there"), kept);

        assertThat(both.secret("ssh/my-key").text()).isEqualTo("there");
        assertThat(both.secret("proxmox/home").text()).isEqualTo("old");
    }
}
