package io.ridethrough.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.OtherJournal;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Planning;
import io.ridethrough.run.Resumed;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Defects that the simulation must find, each put in at one port of the product. */
enum Mutants implements Mutant {
    SKIPS_THE_INTENTION("I1") {
        @Override
        public Journal journal(Journal sound) {
            return new OtherJournal(sound) {
                @Override
                public CompletionStage<Entry> appendAsync(Optional<String> run, String kind, JsonNode body) {
                    return kind.equals("intention") ? done(run, kind, body) : super.appendAsync(run, kind, body);
                }
            };
        }
    },
    ACTS_BEFORE_THE_INTENTION_IS_ON_DISK("I1") {
        @Override
        public Journal journal(Journal sound) {
            return new OtherJournal(sound) {
                @Override
                public CompletionStage<Entry> appendAsync(Optional<String> run, String kind, JsonNode body) {
                    CompletionStage<Entry> late = super.appendAsync(run, kind, body);
                    return late.toCompletableFuture().isDone() ? late : done(run, kind, body);
                }
            };
        }
    },
    RESENDS_WHAT_IS_UNKNOWN("I1") {
        @Override
        public Hands hands(Hands sound) {
            return new OtherHands(sound) {
                @Override
                public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
                    return super.act(step, rung, limit)
                            .thenCompose(answer -> answer instanceof Answer.Lost
                                    ? super.act(step, rung, limit)
                                    : CompletableFuture.completedFuture(answer));
                }
            };
        }
    },
    RESENDS_AFTER_A_RESTART("R19") {
        @Override
        public Hands hands(Hands sound) {
            return new OtherHands(sound) {
                @Override
                public CompletionStage<io.ridethrough.run.Trace> trace(Step step, Rung rung, Instant since) {
                    return CompletableFuture.completedFuture(new io.ridethrough.run.Trace.NeverArrived("so they say"));
                }
            };
        }
    },
    DROPS_A_HOLD("R36") {
        @Override
        public Journal journal(Journal sound) {
            return new OtherJournal(sound) {
                @Override
                public Entry append(Optional<String> run, String kind, JsonNode body) {
                    Entry entry = super.append(run, kind, body);
                    if (!kind.equals("hold")) {
                        return entry;
                    }
                    ObjectNode elsewhere = body.deepCopy();
                    elsewhere.put("asset", "nowhere/nothing");
                    return new Entry(entry.seq(), run, kind, entry.at(), elsewhere, "", "");
                }
            };
        }
    },
    FORGETS_HOLDS_AT_A_RESTART("R36") {
        @Override
        public Journal journal(Journal sound) {
            return new OtherJournal(sound) {
                @Override
                public List<Entry> ofKinds(String... kinds) {
                    return super.ofKinds(kinds).stream()
                            .filter(entry -> !entry.kind().equals("hold"))
                            .toList();
                }
            };
        }
    },
    ACTS_ON_AN_EMPTY_LIST("I9") {
        @Override
        public Hands hands(Hands sound) {
            return new OtherHands(sound) {
                @Override
                public CompletionStage<Sight> look(Step step) {
                    return super.look(step)
                            .thenApply(sight -> sight instanceof Sight.Unseen && step.phase() == Phase.SHUTDOWN
                                    ? new Sight.Desired("not in the list")
                                    : sight);
                }
            };
        }
    },
    BELIEVES_AN_OK("I9") {
        @Override
        public Hands hands(Hands sound) {
            Set<String> said = new TreeSet<>();
            return new OtherHands(sound) {
                @Override
                public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
                    return super.act(step, rung, limit).thenApply(answer -> {
                        if (answer instanceof Answer.Accepted) {
                            said.add(step.id().value());
                        }
                        return answer;
                    });
                }

                @Override
                public CompletionStage<Sight> look(Step step) {
                    return said.remove(step.id().value())
                            ? CompletableFuture.completedFuture(new Sight.Desired("it said ok"))
                            : super.look(step);
                }
            };
        }
    },
    FORGETS_THE_ORDER("I2") {
        @Override
        public Planning planning(Planning sound) {
            return (intent, contracts, seen) -> {
                Plan plan = sound.plan(intent, contracts, seen);
                List<Step> steps =
                        plan.steps().stream().map(Mutants::withoutOneNeed).toList();
                return new Plan(intent, steps, plan.forecast(), plan.notes(), plan.refusal());
            };
        }
    },
    REBUILDS_NO_JOINS("I4") {
        @Override
        public List<Resumed> resumed(List<Resumed> sound) {
            return sound.stream()
                    .map(one -> new Resumed(one.run(), List.of(), one.roots()))
                    .toList();
        }
    },
    FORGETS_ITS_RUNS_AT_A_RESTART("I6") {
        @Override
        public Journal journal(Journal sound) {
            return new OtherJournal(sound) {
                @Override
                public List<Entry> ofKinds(String... kinds) {
                    return List.of(kinds).contains("run-begun") ? List.of() : super.ofKinds(kinds);
                }
            };
        }
    },
    LOSES_RECEIPTS("I6") {
        @Override
        public Journal journal(Journal sound) {
            return new OtherJournal(sound) {
                @Override
                public JsonNode appendReceipt(String run, JsonNode receipt) {
                    return run.endsWith("2") ? receipt : super.appendReceipt(run, receipt);
                }
            };
        }
    },
    GOES_ON_WITHOUT_ITS_JOURNAL("I1") {
        @Override
        public Journal journal(Journal sound) {
            return new OtherJournal(sound) {
                @Override
                public CompletionStage<Entry> appendAsync(Optional<String> run, String kind, JsonNode body) {
                    return super.appendAsync(run, kind, body).exceptionally(trouble -> entry(run, kind, body));
                }
            };
        }
    },
    ACTS_IN_A_DRY_RUN("I8") {
        @Override
        public Intent intent(Intent sound) {
            return new Intent(
                    sound.scope(),
                    sound.phases(),
                    sound.trigger(),
                    sound.powerOff(),
                    sound.window(),
                    sound.boundary(),
                    true,
                    sound.acknowledgement(),
                    sound.by(),
                    sound.reason());
        }
    },
    STARTS_WHAT_A_PERSON_HAD_STOPPED("R38") {
        @Override
        public Planning planning(Planning sound) {
            return (intent, contracts, seen) ->
                    sound.plan(intent, contracts, new io.ridethrough.plan.Seen(Set.of(), Set.of(), seen.held()));
        }
    };

    /** The invariant that must find it. */
    final String breaks;

    Mutants(String breaks) {
        this.breaks = breaks;
    }

    private static Step withoutOneNeed(Step step) {
        TreeSet<io.ridethrough.plan.StepId> needs = new TreeSet<>(step.needs());
        if (needs.size() > 1 && step.asset().isPresent()) {
            needs.pollFirst();
        }
        return new Step(step.id(), step.phase(), step.verb(), step.asset(), needs, step.expected(), step.probe());
    }

    private static Entry entry(Optional<String> run, String kind, JsonNode body) {
        return new Entry(0, run, kind, Instant.EPOCH, body, "", "");
    }

    private static CompletionStage<Entry> done(Optional<String> run, String kind, JsonNode body) {
        return CompletableFuture.completedFuture(entry(run, kind, body));
    }
}
