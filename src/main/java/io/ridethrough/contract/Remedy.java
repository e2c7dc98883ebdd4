package io.ridethrough.contract;

import java.util.List;
import java.util.Locale;

/**
 * A remedy that runs. Its kinds are all that there are: none deletes data, destroys a guest or edits the configuration of
 * a network, and nothing that could do so can be written in a contract.
 *
 * @param units the units that are restarted; for failed ones those that have to be active before
 */
public record Remedy(Kind kind, List<String> units) {
    public Remedy {
        units = List.copyOf(units);
    }

    /** What may be done about what came up broken, in the order in which it is done. */
    public enum Kind {
        /** Restarts every unit that failed, once what they need is active. */
        RESTART_FAILED_UNITS(Control.Kind.NODE),
        RESTART_UNITS(Control.Kind.NODE),
        START_GUEST(Control.Kind.GUEST),
        START_ADD_ONS(Control.Kind.HOME_ASSISTANT),
        /** Reloads integrations that retry their setup. */
        RELOAD_INTEGRATIONS(Control.Kind.HOME_ASSISTANT),
        /** Removes what is left of a stack's containers, never a volume, and brings it up. */
        RENEW_STACK(Control.Kind.STACK),
        MOUNT_AGAIN(Control.Kind.NODE),
        /** Has its controller start a network device anew. Only when a person asks: no recovery chooses devices. */
        RESTART_DEVICE(Control.Kind.DEVICE);

        private final Control.Kind appliesTo;

        Kind(Control.Kind appliesTo) {
            this.appliesTo = appliesTo;
        }

        /** The kind of asset that it mends. */
        public Control.Kind appliesTo() {
            return appliesTo;
        }

        /** As it is written in contracts. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
