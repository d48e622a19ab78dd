package koinon.identity.login;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import koinon.identity.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.web.SecurityFilterChain;

/// Logs in whoever sits at this machine as the person they choose, without a password. So a request must come from
/// the loopback address and name it: a page in a browser cannot be led here by a name of its own.
@Configuration(proxyBeanMethods = false)
class LoginConfiguration {

    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    @Bean
    @Order(2)
    SecurityFilterChain login(HttpSecurity http, Settings settings) {
        return http.securityMatcher("/login", "/login/*")
                .authorizeHttpRequests(it -> it.anyRequest()
                        .access((_, context) -> new AuthorizationDecision(isFromHere(context.getRequest(), settings))))
                .authenticationManager(new ProviderManager(new Choice(settings)))
                .formLogin(it -> it.loginPage("/login")
                        .usernameParameter("person")
                        .defaultSuccessUrl(afterChoice(settings))
                        .failureUrl("/login"))
                .headers(it -> it.contentSecurityPolicy(policy -> policy.policyDirectives(policy(settings))))
                .exceptionHandling(it -> it.authenticationEntryPoint((_, response, _) -> response.sendError(403)))
                .build();
    }

    /// Who came here by themselves is led to the gateway, which logs them in at once.
    private static String afterChoice(Settings settings) {
        return settings.origins().isEmpty() ? "/login" : settings.origins().getFirst() + "/login";
    }

    /// A form may lead only where the login goes on: browsers apply `form-action` to redirects too.
    private static String policy(Settings settings) {
        return "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
                + "form-action 'self' " + String.join(" ", settings.origins());
    }

    private static boolean isFromHere(HttpServletRequest request, Settings settings) {
        try {
            boolean isLoopback = settings.behindLoopback()
                    || InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
            return isLoopback && HERE.contains(request.getServerName());
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /// The choice of a person is their login.
    private record Choice(Settings settings) implements AuthenticationProvider {

        @Override
        public Authentication authenticate(Authentication choice) {
            if (!settings.persons().containsKey(choice.getName()))
                throw new BadCredentialsException("There is no such person.");
            // An ID token says when somebody logged in, which is when this was granted.
            return UsernamePasswordAuthenticationToken.authenticated(
                    choice.getName(), null, List.of(FactorGrantedAuthority.fromAuthority("FACTOR_CHOICE")));
        }

        @Override
        public boolean supports(Class<?> authentication) {
            return authentication == UsernamePasswordAuthenticationToken.class;
        }
    }
}
