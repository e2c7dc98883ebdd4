package io.ridethrough.target.ssh;

/** Why a connection did not come to stand. */
record ConnectFailure(HostLink.State state, String why) {
    CommandResult.Cause cause() {
        if (state == HostLink.State.HOST_KEY) {
            return CommandResult.Cause.HOST_KEY;
        }
        return state == HostLink.State.LOGIN ? CommandResult.Cause.LOGIN : CommandResult.Cause.UNREACHABLE;
    }
}
