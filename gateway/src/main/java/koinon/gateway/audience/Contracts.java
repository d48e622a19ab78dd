package koinon.gateway.audience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who may see an event, as its contract says. An event without a contract is for the network only.
public final class Contracts {

    private final Map<String, Audience> widest;

    private Contracts(Map<String, Audience> widest) {
        this.widest = Map.copyOf(widest);
    }

    /// Reads the contracts that come with the gateway.
    public static Contracts read() {
        var widest = new HashMap<String, Audience>();
        var json = JsonMapper.builder().build();
        try {
            for (Resource it :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:contracts/*/*.json")) {
                String name = String.valueOf(it.getFilename());
                try (var in = it.getInputStream()) {
                    JsonNode contract = json.readTree(in);
                    widest.put(
                            name.substring(0, name.length() - ".json".length()),
                            audience(contract.path("x-audience").asString("")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Contracts(widest);
    }

    /// For tests: these types are for these audiences.
    public static Contracts of(Map<String, Audience> widest) {
        return new Contracts(widest);
    }

    /// The widest audience of an event's type.
    ///
    /// @param approved whether its project is; before, nothing is public
    public Audience of(String type, boolean approved) {
        Audience it = widest.getOrDefault(type, Audience.NETWORK);
        return it == Audience.PUBLIC && !approved ? Audience.PARTICIPANTS : it;
    }

    private static Audience audience(String name) {
        return switch (name) {
            case "public" -> Audience.PUBLIC;
            case "partners" -> Audience.PARTICIPANTS;
            case "funders" -> Audience.FUNDERS;
            default -> Audience.NETWORK;
        };
    }
}
