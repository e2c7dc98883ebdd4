package io.ridethrough.camel;

import io.ridethrough.api.Reload;

/** There is no folder. */
final class NothingToReload implements Reload {
    @Override
    public Answer look() {
        return new Refused("there is no folder here");
    }

    @Override
    public Answer take(String digest, String by) {
        return look();
    }
}
