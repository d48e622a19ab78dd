package koinon.testing.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What readers were once promised, `infra/contracts/accepted.json`: of every contract the fields with type and
/// whether they are always there, and a digest of every golden sample. Promises are added to and never taken back:
/// a change that needs less than that is a new version of the type.
///
/// @param promises by event type
record AcceptedContracts(Map<String, Promise> promises) {

    /// @param shape as [Contract#shape] gives it
    /// @param examples digests, oldest first
    record Promise(List<String> shape, List<String> examples) {

        static Promise of(Contract contract) {
            return new Promise(
                    contract.shape(),
                    contract.examples().stream().map(AcceptedContracts::digest).toList());
        }
    }

    static Path file() {
        return Contracts.folder().resolve("accepted.json");
    }

    static AcceptedContracts read() {
        if (!Files.exists(file())) return new AcceptedContracts(Map.of());
        try {
            return new AcceptedContracts(Contracts.parse(Files.readString(file()))
                    .propertyStream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            it -> new Promise(
                                    texts(it.getValue().path("shape")),
                                    texts(it.getValue().path("examples"))))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AcceptedContracts of(List<Contract> contracts) {
        return new AcceptedContracts(contracts.stream().collect(Collectors.toMap(Contract::type, Promise::of)));
    }

    /// What these contracts take away from readers of what was accepted, as sentences; empty when they only add.
    List<String> brokenBy(AcceptedContracts now) {
        List<String> broken = new ArrayList<>();
        promises.forEach((type, promise) -> {
            Promise current = now.promises.getOrDefault(type, new Promise(List.of(), List.of()));
            if (!now.promises.containsKey(type)) broken.add(type + " is no longer published");
            else {
                Map<String, String> fields = current.shape().stream()
                        .collect(Collectors.toMap(AcceptedContracts::pointer, AcceptedContracts::kind));
                promise.shape().forEach(was -> {
                    String is = fields.getOrDefault(pointer(was), "gone");
                    boolean same = is.equals(kind(was)) || is.equals(kind(was).replaceFirst(":optional$", ":required"));
                    if (!same) broken.add(type + pointer(was) + " was " + kind(was) + " and is " + is);
                });
                if (current.examples().size() < promise.examples().size()
                        || !current.examples()
                                .subList(0, promise.examples().size())
                                .equals(promise.examples()))
                    broken.add(type + " changed a golden sample; append a new one instead");
            }
        });
        return broken;
    }

    /// The file's text: one line per type keeps its history readable.
    String text() {
        return new TreeMap<>(promises)
                .entrySet().stream()
                        .map(it -> "  \"" + it.getKey() + "\": {\n    \"shape\": ["
                                + quoted(it.getValue().shape(), ",\n      ") + "],\n    \"examples\": ["
                                + quoted(it.getValue().examples(), ", ") + "]\n  }")
                        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    private static String quoted(List<String> texts, String between) {
        return texts.stream().map(it -> "\"" + it + "\"").collect(Collectors.joining(between));
    }

    private static String pointer(String field) {
        return field.substring(0, field.indexOf(':'));
    }

    private static String kind(String field) {
        return field.substring(field.indexOf(':') + 1);
    }

    private static List<String> texts(JsonNode array) {
        return array.values().stream().map(JsonNode::asString).toList();
    }

    private static String digest(String example) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(example.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
