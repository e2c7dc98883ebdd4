package io.ridethrough.camel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.receipt.CanonicalJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the brokers of each site what was escalated there and stands, as a retained message: an empty list when nothing
 * does. A broker that cannot be told stops nothing: it is said once, tried less and less often, and told what stands then.
 */
public final class Escalations {
    private static final Logger LOG = LoggerFactory.getLogger(Escalations.class);
    /** A broker that forgot, since it was started anew, is told again after so many rounds. */
    private static final int AGAIN = 150;

    private final Function<SiteId, List<String>> standing;
    private volatile List<Telling> all = List.of();

    /** How it stands with one topic. */
    private static final class Telling {
        private final SiteId site;
        private final BrokerTopic topic;
        private String told = "";
        private String trouble = "";
        private final Pauses pauses = new Pauses();
        /** How often it was found told since then. */
        private int rounds;

        Telling(SiteId site, BrokerTopic topic) {
            this.site = site;
            this.topic = topic;
        }
    }

    /** @param standing what is escalated at a site and stands */
    public Escalations(Function<SiteId, List<String>> standing) {
        this.standing = standing;
    }

    /** These topics are told from now on; those that were already are told what is new. */
    synchronized void follow(Map<BrokerTopic, SiteId> topics) {
        List<Telling> before = all;
        all = topics.entrySet().stream()
                .map(topic -> before.stream()
                        .filter(known -> known.topic.equals(topic.getKey()) && known.site.equals(topic.getValue()))
                        .findFirst()
                        .orElseGet(() -> new Telling(topic.getValue(), topic.getKey())))
                .toList();
    }

    /**
     * The topics of all declared brokers that have one are told from now on.
     *
     * @param sources where the declared brokers really are
     */
    public void follow(CamelContext context, Contracts contracts, PowerSources sources) {
        Map<BrokerTopic, SiteId> topics = new LinkedHashMap<>();
        for (Site site : contracts.sites().values()) {
            site.power().upses().stream().flatMap(ups -> ups.mqtt().stream()).forEach(mqtt -> mqtt.escalations()
                    .ifPresent(topic -> topics.put(BrokerTopic.of(site.id(), mqtt, topic, sources), site.id())));
        }
        follow(topics);
        keep(context);
    }

    private void keep(CamelContext context) {
        if (!all.isEmpty() && context.getRoute("escalations-told") == null) {
            context.getRegistry().bind("escalations", this);
            TemplatedRouteBuilder.builder(context, "escalations-told")
                    .routeId("escalations-told")
                    .add();
        }
    }

    /** Tells every topic what stands, where that is not what it was told last. */
    public void catchUp() {
        all.forEach(this::catchUp);
    }

    private void catchUp(Telling telling) {
        if (telling.pauses.pass()) {
            return;
        }
        try {
            String now = words(telling.site);
            if (now.equals(telling.told) && telling.rounds++ < AGAIN) {
                return;
            }
            telling.topic.retain(now);
            telling.told = now;
            telling.rounds = 0;
            telling.trouble = "";
            telling.pauses.wentWell();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            telling.pauses.failed();
            String why = Objects.requireNonNullElse(e.getMessage(), e.toString());
            if (!why.equals(telling.trouble)) {
                LOG.atWarn()
                        .addKeyValue("place", telling.topic.name())
                        .addKeyValue("reason", why)
                        .log("What was escalated cannot be told there; tried again until it can");
            }
            telling.trouble = why;
        }
    }

    private String words(SiteId site) {
        ObjectNode view = JsonNodeFactory.instance.objectNode().put("site", site.value());
        ArrayNode reasons = view.putArray("escalated");
        standing.apply(site).forEach(reasons::add);
        return CanonicalJson.write(view);
    }
}
