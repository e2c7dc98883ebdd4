package io.ridethrough.standard.word;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Control.Ask;
import io.ridethrough.contract.Control.Kind;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.Standard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The words that an expectation may use, by what it is about and who is asked, and what stands behind them. */
public final class Vocabulary {
    private Vocabulary() {}

    /** Every word that is known there, with its type. */
    public static Map<String, Type> of(Kind kind, Ask ask) {
        Map<String, Type> words = new TreeMap<>(SeenWords.of(ask));
        put(SiteWords.ALL, words);
        if (kind != Kind.SITE) {
            put(AssetWords.ALL, words);
        }
        put(of(kind), words);
        return words;
    }

    private static <T> void put(List<Word<T>> from, Map<String, Type> words) {
        from.forEach(word -> words.put(word.name(), word.type()));
    }

    @SuppressWarnings("unchecked") // Only names and types are read of it.
    private static List<Word<Object>> of(Kind kind) {
        List<?> words =
                switch (kind) {
                    case NODE -> NodeWords.ALL;
                    case NAS -> NasWords.ALL;
                    case GUEST -> GuestWords.ALL;
                    case STACK -> StackWords.ALL;
                    case DEVICE -> DeviceWords.ALL;
                    case CONTROLLER -> ControllerWords.ALL;
                    case HOME_ASSISTANT -> HomeWords.ALL;
                    case SITE -> List.of();
                };
        return (List<Word<Object>>) words;
    }

    /**
     * What is declared, by the words for it; words of what is seen are not in it.
     *
     * @param asset empty for a site as a whole
     */
    public static Map<String, Object> declared(Site site, Optional<Asset> asset, Standard standard) {
        Map<String, Object> said = new HashMap<>();
        At at = new At(site, standard);
        Word.say(SiteWords.ALL, site, at, said);
        asset.ifPresent(one -> say(one, at, said));
        return said;
    }

    private static void say(Asset asset, At at, Map<String, Object> said) {
        Word.say(AssetWords.ALL, asset, at, said);
        if (asset instanceof Node node) {
            Word.say(NodeWords.ALL, node, at, said);
        } else if (asset instanceof Nas nas) {
            Word.say(NasWords.ALL, nas, at, said);
        } else if (asset instanceof Guest guest) {
            Word.say(GuestWords.ALL, guest, at, said);
        } else if (asset instanceof Stack stack) {
            Word.say(StackWords.ALL, stack, at, said);
        } else if (asset instanceof Device device) {
            Word.say(DeviceWords.ALL, device, at, said);
        }
        AssetId id = asset.id();
        at.site().controllers().stream()
                .filter(one -> one.runsOn().equals(id))
                .forEach(controller -> Word.say(ControllerWords.ALL, controller, at, said));
        at.site()
                .homeAssistant()
                .filter(one -> one.guest().equals(id))
                .ifPresent(home -> Word.say(HomeWords.ALL, home, at, said));
    }
}
