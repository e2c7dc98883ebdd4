package io.ridethrough.target.ssh;

import io.ridethrough.target.Patience;
import java.time.Duration;

/**
 * The bounds of kept connections. Times are those of the world that is spoken to; a lab that runs {@code speed} times
 * faster divides the waits for commands and pauses by it, never those for connecting.
 *
 * @param connect for the TCP connection
 * @param login for key exchange and login after that
 * @param heartbeat how often the peer is asked for a sign of life
 * @param missedHeartbeats how many may go unanswered before it counts as dead
 * @param margin how much longer than the far side we wait for an answer
 * @param channels commands side by side on a connection; OpenSSH's MaxSessions is 10 by default
 * @param forcedReserve how many of these only forced stops may use, on connections they share with looks
 * @param connections connections of a lane group at most
 * @param queue commands of a lane group that may wait for a channel
 * @param output bytes kept of each of the two outputs
 */
public record SshLimits(
        Duration connect,
        Duration login,
        Duration heartbeat,
        int missedHeartbeats,
        Duration margin,
        int channels,
        int forcedReserve,
        int connections,
        int queue,
        int output,
        double speed) {

    /** Commands of one host side by side at most: blocking ones, and looks and forced stops, have connections of their own. */
    public int sideBySide() {
        return 2 * connections * channels;
    }

    /** What real hosts get. */
    public static SshLimits standard() {
        return new SshLimits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                2,
                Duration.ofSeconds(3),
                8,
                2,
                4,
                512,
                1024 * 1024,
                1);
    }

    /** The same in a world that runs {@code factor} times as fast. */
    public SshLimits faster(double factor) {
        return new SshLimits(
                connect,
                login,
                heartbeat,
                missedHeartbeats,
                margin,
                channels,
                forcedReserve,
                connections,
                queue,
                output,
                factor);
    }

    /** For a connection and a channel to become free: our own machine needs its time for them in a faster lab too. */
    Patience patience() {
        return Patience.at(speed);
    }

    long scaledNanos(Duration duration) {
        return (long) (duration.toNanos() / speed);
    }
}
