package koinon.gateway.provider;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// How the gateway logs people in at the provider.
///
/// @param clientId of the gateway at the provider
/// @param clientSecret of the same client; nobody can log in without it
/// @param authorization the address to which a browser is sent
/// @param token the address at which the gateway asks for tokens
/// @param endSession the address at which a browser ends its session at the provider; empty if there is none
/// @param address the public address of the gateway, `https://koinon.example`; empty: as the request names it
@ConfigurationProperties("koinon.login")
public record ProviderSettings(
        String clientId, String clientSecret, String authorization, String token, String endSession, String address) {

    /// Without the secret, which is not logged.
    @Override
    public String toString() {
        return "client " + clientId + " at " + token;
    }
}
