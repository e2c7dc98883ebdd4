package io.ridethrough.target.nas;

import io.ridethrough.target.way.Ask;
import io.ridethrough.target.way.Told;
import java.time.Duration;

/** What is asked of a NAS, whichever way it goes. */
public sealed interface NasAsk extends Ask {
    /** What changes nothing. */
    sealed interface Look extends NasAsk, Ask.Look {}

    /** Model, version and how long it is up: {@link NasTold.Info}. */
    record Info() implements Look {}

    /** How volumes, pools and disks are: {@link NasTold.Storage}. */
    record Storage() implements Look {}

    /** Its backup tasks: {@link NasTold.Backups}. */
    record Backups() implements Look {}

    /** How it behaves towards a UPS: {@link NasTold.Ups}. */
    record Ups() implements Look {}

    /** Whether it starts by itself and can be woken: {@link NasTold.PowerSettings}. */
    record PowerSettings() implements Look {}

    /** What its file server says that it exports: {@link NasTold.Exports}. */
    record Exports() implements Look {}

    /** Whether this way may power it off: {@link Told.Done} when it may, {@link Told.Declined} with what is missing. */
    record Rights() implements Look {}

    /** A backup task lets go and can be resumed; accepted is not over. */
    record SuspendBackup(int task, Duration limit) implements NasAsk, Ask.Act {}

    /** The NAS itself; accepted is not off. */
    record PowerOff(Duration limit) implements NasAsk, Ask.Act {}
}
