package io.ridethrough.target.homeassistant;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.https.RefusedLogins;
import io.ridethrough.target.way.Told;

/**
 * The token of each Home Assistant, for both ways: it bans the address of who tries in vain (403, protocols 4), so that a
 * token that one way was refused is not shown by the other. Thread-safe.
 */
public final class HomeLogins {
    private final RefusedLogins tokens;

    public HomeLogins(Secrets secrets) {
        this.tokens = new RefusedLogins(secrets);
    }

    /** A person says that a login which was refused may be tried once more. */
    public void forgive(AssetId home) {
        tokens.forgive(home);
    }

    /** The token as it is now. */
    Secret of(HomeAssistant home) throws RefusedLogins.NoLoginException {
        return tokens.of(home.guest(), home.api().secret());
    }

    /** It was refused: what that means for who asked. */
    Told refused(HomeAssistant home, Secret token, String why) {
        tokens.refuse(home.guest(), token);
        return new Told.Barred("its token is refused: " + why);
    }
}
