package koinon.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/// Everyone who may ask for a token: machines, each demo person as a client of their own, and the gateway for persons
/// who log in.
final class Clients implements RegisteredClientRepository {

    /// The gateway as it logs people in.
    static final String WEB = "koinon-web";

    private static final String CALLBACK = "/login/oauth2/code/koinon";
    private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);

    /// No session at the gateway is longer.
    static final Duration REFRESH_LIFETIME = Duration.ofHours(24);

    private final Settings settings;
    private final Map<String, String> secrets;

    Clients(Settings settings, SecretsFolder safe) {
        this.settings = settings;
        var names = new TreeSet<>(settings.machines());
        names.addAll(settings.auditors());
        names.addAll(settings.persons().keySet());
        names.add(WEB);
        names.removeAll(settings.secrets().keySet());
        this.secrets = new TreeMap<>(safe.secrets(names));
        this.secrets.putAll(settings.secrets());
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String client) {
        var secret = secrets.get(client);
        if (secret == null) return null;
        var registered = RegisteredClient.withId(client)
                .clientId(client)
                .clientSecret(secret)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        return client.equals(WEB) ? web(registered) : machine(registered);
    }

    private RegisteredClient machine(RegisteredClient.Builder client) {
        return client.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(settings.tokenLifetime())
                        .build())
                .build();
    }

    private RegisteredClient web(RegisteredClient.Builder client) {
        return client.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .scope(OidcScopes.OPENID)
                .redirectUris(uris -> settings.origins().forEach(it -> uris.add(it + CALLBACK)))
                .postLogoutRedirectUris(uris -> settings.origins().forEach(it -> uris.add(it + "/")))
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(settings.tokenLifetime())
                        .authorizationCodeTimeToLive(CODE_LIFETIME)
                        .refreshTokenTimeToLive(REFRESH_LIFETIME)
                        .reuseRefreshTokens(false)
                        .build())
                .build();
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("Clients come from the settings.");
    }

    /// Whom a token of this person or client speaks of: the person's subject, or the machine itself.
    String subject(String key) {
        return settings.persons().containsKey(key) ? Person.subject(key) : key;
    }

    /// The name of a person.
    String name(String key) {
        var person = settings.persons().get(key);
        return person == null ? key : person.name();
    }

    List<Map<String, String>> mandates(String client) {
        if (settings.auditors().contains(client))
            return List.of(Map.of("id", client + "-auditor", "role", "auditor", "scope", "network"));
        var person = settings.persons().get(client);
        return person == null ? List.of() : person.claim(client);
    }

    List<Demo> persons() {
        return settings.persons().entrySet().stream()
                .map(it -> new Demo(
                        it.getKey(),
                        it.getValue().name(),
                        mandates(it.getKey()),
                        it.getKey(),
                        secrets.getOrDefault(it.getKey(), ""),
                        subject(it.getKey())))
                .toList();
    }

    /// All that the demo needs to act as a person.
    record Demo(
            String key,
            String name,
            List<Map<String, String>> mandates,
            String clientId,
            String secret,
            String subject) {}

    /// Compares secrets as they are, in constant time. They are 256 random bits of our own making, shown to the
    /// person who runs the demo, so hashing them would protect nothing and cost each token tens of milliseconds.
    static final class AsTheyAre implements PasswordEncoder {

        @Override
        public @Nullable String encode(@Nullable CharSequence secret) {
            return secret == null ? null : secret.toString();
        }

        @Override
        public boolean matches(@Nullable CharSequence given, @Nullable String kept) {
            return given != null
                    && kept != null
                    && MessageDigest.isEqual(given.toString().getBytes(UTF_8), kept.getBytes(UTF_8));
        }
    }
}
