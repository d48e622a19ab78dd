package koinon.gateway.directory;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import koinon.gateway.directory.KnownCall.CallEvent;
import koinon.gateway.directory.KnownCity.CityEvent;
import koinon.gateway.directory.KnownFund.FundEvent;
import koinon.gateway.directory.KnownFund.FunderEvent;
import koinon.gateway.reading.Fold;
import koinon.gateway.reading.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Every city, call, fund and funder by its id. What has not been heard of yet is known by its id alone.
@Order(1)
@Component
public final class Directory implements Fold {

    private final Map<String, KnownCity> cities = new ConcurrentHashMap<>();
    private final Map<String, KnownCall> calls = new ConcurrentHashMap<>();
    private final Map<String, KnownFund> funds = new ConcurrentHashMap<>();
    private final Map<String, String> funders = new ConcurrentHashMap<>();

    @Override
    public void on(Message message) {
        String id = message.id();
        switch (message.aggregate()) {
            case "city" -> message.as(CityEvent.class).ifPresent(it -> cities.put(id, city(id).after(it)));
            case "call" -> message.as(CallEvent.class).ifPresent(it -> calls.put(id, call(id).after(it)));
            case "fund" ->
                message.as(FundEvent.class).ifPresent(it -> {
                    switch (it) {
                        case FundEvent.Opened e -> funds.put(id, new KnownFund(id, e.name(), e.funder(), e.currency()));
                    }
                });
            case "funder" ->
                message.as(FunderEvent.class).ifPresent(it -> {
                    switch (it) {
                        case FunderEvent.Registered e -> funders.put(id, e.name());
                    }
                });
            default -> {}
        }
    }

    public KnownCity city(String id) {
        return cities.getOrDefault(id, new KnownCity(id, null, null, null, null));
    }

    public KnownCall call(String id) {
        return calls.getOrDefault(id, new KnownCall(id, null, null, null, null));
    }

    public KnownFund fund(String id) {
        return funds.getOrDefault(id, new KnownFund(id, null, null, null));
    }

    /// The funder's name; absent until it is heard.
    public @Nullable String funder(String id) {
        return funders.get(id);
    }

    /// The subjects that statuses name and that this event changes: a funder's event changes its funds.
    public Set<String> changedBy(Message message) {
        return switch (message.aggregate()) {
            case "city", "call", "fund" -> Set.of(message.position().subject());
            case "funder" ->
                funds.values().stream()
                        .filter(it -> message.id().equals(it.funder()))
                        .map(it -> "fund/" + it.id())
                        .collect(Collectors.toSet());
            default -> Set.of();
        };
    }
}
