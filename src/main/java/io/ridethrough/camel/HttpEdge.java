package io.ridethrough.camel;

import io.ridethrough.api.Call;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP exchange into a {@link Call}: the only place that reads its headers. */
public final class HttpEdge {
    /** Reads what the API needs and nothing else. */
    public Call call(
            @Header("Authorization") @Nullable String authorization,
            @Header("id") @Nullable String id,
            @Body @Nullable String body) {
        return new Call(authorization, id == null ? "" : id, body == null ? "" : body);
    }
}
