package io.ridethrough.plan;

import io.ridethrough.contract.SiteId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody or something wants done.
 *
 * @param phases in the order of {@link Phase}, without repetition
 * @param powerOff the sites whose nodes and NAS are to be powered off; guests go down in any case
 * @param window the id that links the halves of one maintenance window
 * @param boundary whether people work on the hardware after the shutdown: everything taken down is then held (R36)
 * @param execute false is a dry run: nothing is commanded
 * @param acknowledgement what a person accepts, by tokens joined with commas
 * @param by who or what asked
 * @param reason why, for people
 * @param control the control whose remedy a person asks for; the run is about nothing else then
 */
public record Intent(
        Scope scope,
        List<Phase> phases,
        Trigger trigger,
        Set<SiteId> powerOff,
        Optional<String> window,
        boolean boundary,
        boolean execute,
        Optional<String> acknowledgement,
        String by,
        String reason,
        Optional<String> control) {
    /** An intent that is about no single control. */
    public Intent(
            Scope scope,
            List<Phase> phases,
            Trigger trigger,
            Set<SiteId> powerOff,
            Optional<String> window,
            boolean boundary,
            boolean execute,
            Optional<String> acknowledgement,
            String by,
            String reason) {
        this(
                scope,
                phases,
                trigger,
                powerOff,
                window,
                boundary,
                execute,
                acknowledgement,
                by,
                reason,
                Optional.empty());
    }

    /** The token by which a person on site accepts what the out-of-band guard denies. */
    public static final String ON_SITE = "I_AM_ONSITE_AND_ACCEPT_TEMP_OOB_LOSS";

    /** The token by which a person has planned work go on whatever the UPSes say (R10). */
    public static final String POWER_AS_IT_IS = "I_ACCEPT_THE_POWER_AS_IT_IS";

    /** The token by which a person has a site go down again, though what its last run escalated stands. */
    public static final String ESCALATION_SEEN = "I_HAVE_SEEN_WHAT_WAS_ESCALATED";

    /** The token by which a person has what was not well halt all that needs it until that person decides (R24, R33). */
    public static final String ASK_ME = "I_STAY_AND_DECIDE_WHAT_IS_NOT_WELL";

    /** Every token that is no control's id. */
    static final Set<String> TOKENS = Set.of(ON_SITE, POWER_AS_IT_IS, ESCALATION_SEEN, ASK_ME);

    public Intent {
        phases = List.copyOf(phases);
        powerOff = Set.copyOf(powerOff);
        if (phases.isEmpty() || !phases.stream().sorted().distinct().toList().equals(phases)) {
            throw new IllegalArgumentException("phases come in order, each once: " + phases);
        }
    }

    /** The same as a dry run. */
    public Intent shown() {
        return new Intent(
                scope, phases, trigger, powerOff, window, boundary, false, acknowledgement, by, reason, control);
    }

    /** The tokens of what was said, joined with commas or blanks. */
    static List<String> tokens(String said) {
        return Arrays.stream(said.split("[,\\s]+", -1))
                .filter(token -> !token.isEmpty())
                .toList();
    }

    /** Whether a person said this token: one of those above, or the id of a control that is a gate. */
    public boolean accepts(String token) {
        return acknowledgement.filter(said -> tokens(said).contains(token)).isPresent();
    }
}
