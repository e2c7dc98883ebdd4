package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Journal;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Seen;
import io.ridethrough.plan.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * No planned shutdown begins at a site whose last startup, recovery or look at the standard was escalated, unless a person
 * says that they have seen it. What is escalated stands until a later one of its kind escalates nothing. Power is never
 * refused here. Thread-safe.
 */
public final class Escalated implements Planning {
    private static final int PAGE = 50;

    private final Planning planning;
    private final Journal journal;
    private final Map<SiteId, Map<String, String>> standing = new TreeMap<>();
    private long read;

    public Escalated(Planning planning, Journal journal) {
        this.planning = planning;
        this.journal = journal;
    }

    @Override
    public Plan plan(Intent intent, Contracts contracts, Seen seen) {
        Plan plan = planning.plan(intent, contracts, seen);
        boolean takesDown = intent.trigger() != Trigger.POWER && intent.phases().contains(Phase.SHUTDOWN);
        if (!takesDown || plan.refusal().isPresent()) {
            return plan;
        }
        List<String> reasons = new ArrayList<>();
        plan.sites().forEach(site -> reasons.addAll(standing(site)));
        if (reasons.isEmpty()) {
            return plan;
        }
        String why = String.join("; ", reasons);
        if (intent.accepts(Intent.ESCALATION_SEEN)) {
            List<String> notes = new ArrayList<>(plan.notes());
            notes.add("seen by " + intent.by() + ", and it goes on, though " + why);
            return new Plan(intent, plan.steps(), plan.forecast(), notes, Optional.empty());
        }
        return new Plan(
                intent,
                plan.steps(),
                plan.forecast(),
                plan.notes(),
                Optional.of("no further shutdown begins before a person has seen what was escalated: " + why
                        + " (acknowledge " + Intent.ESCALATION_SEEN + " to go on)"));
    }

    /** What was escalated at a site and stands, by the name of its receipt; for people. */
    public synchronized List<String> standing(SiteId site) {
        List<JsonNode> page = journal.receiptsAfter(read, PAGE);
        while (!page.isEmpty()) {
            page.forEach(this::note);
            read = page.get(page.size() - 1).path("number").asLong();
            page = journal.receiptsAfter(read, PAGE);
        }
        return List.copyOf(standing.getOrDefault(site, Map.of()).values());
    }

    private void note(JsonNode receipt) {
        String kind = receipt.path("kind").asText();
        if (kind.equals("run") ? broughtUp(receipt) : kind.equals("standard")) {
            Arrays.stream(receipt.path("scope").asText().split(",", -1))
                    .map(part -> new SiteId(part.split("/", 2)[0].strip()))
                    .forEach(site -> note(site, kind, receipt));
        }
    }

    private void note(SiteId site, String kind, JsonNode receipt) {
        JsonNode reasons = receipt.path(Receipts.ESCALATED);
        Map<String, String> at = standing.computeIfAbsent(site, first -> new TreeMap<>());
        if (!reasons.isEmpty()) {
            String name = receipt.path("run").asText(receipt.path("name").asText());
            at.put(kind, name + ": " + reasons.path(0).asText() + (reasons.size() > 1 ? " and more" : ""));
        } else if (kind.equals("run") || receipt.path("pack").asText().isEmpty()) {
            at.remove(kind);
        }
    }

    private static boolean broughtUp(JsonNode receipt) {
        for (JsonNode phase : receipt.path("phases")) {
            if (phase.asText().equals(Phase.STARTUP.word()) || phase.asText().equals(Phase.RECOVERY.word())) {
                return true;
            }
        }
        return false;
    }
}
