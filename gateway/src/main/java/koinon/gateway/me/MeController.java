package koinon.gateway.me;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import koinon.eventing.actor.Actor;
import koinon.gateway.directory.Directory;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.session.Session;
import koinon.gateway.session.SessionCookie;
import koinon.gateway.session.SessionRequest;
import koinon.gateway.session.Sessions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Tells a caller who they are, and which sessions they have.
@Tag(name = "session")
@RestController
@RequestMapping("/api/v1/me")
class MeController {

    private final Sessions sessions;
    private final CurrentReadModel readModel;

    MeController(Sessions sessions, CurrentReadModel readModel) {
        this.sessions = sessions;
        this.readModel = readModel;
    }

    /// The caller.
    ///
    /// @param authenticated false without a token and without a session; everything else is absent then
    /// @param subject as events name the caller
    /// @param name to be shown; absent without a session
    /// @param mandates those that hold today
    /// @param csrf to be sent as `X-CSRF-TOKEN` with everything that changes something; absent without a session
    record Me(
            boolean authenticated,
            @Nullable String subject,
            @Nullable String name,
            @Nullable List<HeldMandate> mandates,
            @Nullable String csrf,
            @Nullable SessionEnd session) {}

    /// @param scopeName of the city or funder; absent if it is not known, and for the network
    record HeldMandate(
            String id, String role, String scope, @Nullable String scopeName) {}

    /// @param idleUntil when the session ends unless it is used
    /// @param until when it ends in any case
    record SessionEnd(Instant idleUntil, Instant until) {}

    /// @param items newest first
    record SessionList(List<SessionItem> items) {}

    /// @param seen when it was last used, up to a minute ago
    /// @param current whether it is the session of this request
    record SessionItem(Instant created, Instant seen, boolean current) {}

    @Operation(
            summary = "Who is asking",
            description = "Name, mandates that hold today, and with a session its end and the token against forged"
                    + " requests, which a page sends as `X-CSRF-TOKEN`.")
    @GetMapping
    ResponseEntity<Me> me(Actor actor, HttpServletRequest request) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(
                        request.getUserPrincipal() == null
                                ? new Me(false, null, null, null, null, null)
                                : me(actor, SessionRequest.sessionOf(request)));
    }

    private Me me(Actor actor, Optional<Session> session) {
        Directory directory = readModel.readModel().directory();
        return new Me(
                true,
                actor.id(),
                session.map(Session::name).orElse(null),
                actor.mandates().stream()
                        .map(it -> new HeldMandate(it.id(), it.role(), it.scope(), name(it.scope(), directory)))
                        .toList(),
                session.map(Session::csrf).orElse(null),
                session.map(it -> new SessionEnd(sessions.idleUntil(it), it.until()))
                        .orElse(null));
    }

    private static @Nullable String name(String scope, Directory directory) {
        String id = scope.substring(scope.indexOf('/') + 1);
        if (scope.startsWith("city/")) return directory.city(id).name();
        return scope.startsWith("funder/") ? directory.funder(id) : null;
    }

    @Operation(
            summary = "The caller's sessions",
            description = "Every browser in which the caller is logged in; none without a token.")
    @GetMapping("/sessions")
    ResponseEntity<SessionList> sessions(HttpServletRequest request) {
        @Nullable Principal caller = request.getUserPrincipal();
        @Nullable
        String current = SessionRequest.sessionOf(request).map(Session::id).orElse(null);
        List<SessionItem> items = caller == null
                ? List.of()
                : sessions.of(caller.getName()).stream()
                        .map(it ->
                                new SessionItem(it.created(), it.seen(), it.id().equals(current)))
                        .toList();
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new SessionList(items));
    }

    @Operation(
            summary = "Log out everywhere",
            description = "Ends all sessions of the caller, in every browser; their streams end too.")
    @ApiResponse(responseCode = "204")
    @ApiResponse(responseCode = "403", ref = "#/components/responses/Refused403")
    @DeleteMapping("/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endAll(Principal caller, HttpServletRequest request, HttpServletResponse response) {
        sessions.endAll(caller.getName());
        if (SessionRequest.sessionOf(request).isPresent()) SessionCookie.clear(response);
    }
}
