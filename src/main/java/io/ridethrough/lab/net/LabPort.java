package io.ridethrough.lab.net;

import io.ridethrough.contract.AssetId;
import io.ridethrough.lab.host.LabModel;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One declared TCP address: it listens while any of its assets is up, and refuses otherwise. */
public final class LabPort implements AutoCloseable {
    /** What one request target of an HTTP port answers while its asset is up. */
    private record Page(AssetId asset, int code) {}

    private final LabModel model;
    private final InetSocketAddress address;
    private final Set<AssetId> assets = new LinkedHashSet<>();
    private final Map<String, Page> pages = new LinkedHashMap<>();
    private volatile Set<AssetId> up = Set.of();
    private TcpResponders.Voice voice = TcpResponders.Voice.MUTE;
    private @Nullable AutoCloseable listening;

    public LabPort(LabModel model, InetSocketAddress address, AssetId asset) {
        this.model = model;
        this.address = address;
        assets.add(asset);
    }

    /** Serves another asset too. */
    public void alsoFor(AssetId asset) {
        assets.add(asset);
    }

    /** Answers {@code target} with {@code code} while {@code asset} is up, 503 otherwise, 404 for other targets. */
    public void http(String target, AssetId asset, int code) {
        pages.put(target, new Page(asset, code));
        voice = TcpResponders.http(this::code);
    }

    private int code(String target) {
        Page page = pages.get(target);
        if (page == null) {
            return 404;
        }
        return up.contains(page.asset()) ? page.code() : 503;
    }

    /** Answers as a name server over TCP. */
    public void dns() {
        voice = DnsVoice::answerTcp;
    }

    /** Opens or closes as the assets are up or down. */
    public void comply(TcpResponders responders) {
        Set<AssetId> now = new LinkedHashSet<>(assets);
        now.removeIf(asset -> !model.isUp(asset));
        up = Set.copyOf(now);
        if (!now.isEmpty() && listening == null) {
            listening = responders.listen(address, voice);
        } else if (now.isEmpty()) {
            close();
        }
    }

    @Override
    public void close() {
        AutoCloseable open = listening;
        listening = null;
        if (open != null) {
            try {
                open.close();
            } catch (Exception e) {
                throw new IllegalStateException("port " + address.getPort() + " did not close", e);
            }
        }
    }
}
