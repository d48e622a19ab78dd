package koinon.gateway.me;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import koinon.eventing.actor.Actor;
import koinon.gateway.directory.Directory;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.session.Session;
import koinon.gateway.session.SessionRequest;
import koinon.gateway.session.Sessions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tells a caller who they are.
@Tag(name = "session")
@RestController
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
    /// @param substitute whether the caller stands in for somebody else
    record HeldMandate(
            String id, String role, String scope, @Nullable String scopeName, boolean substitute) {}

    /// @param idleUntil when the session ends unless it is used
    /// @param until when it ends in any case
    record SessionEnd(Instant idleUntil, Instant until) {}

    @Operation(
            summary = "Who is asking",
            description = "Name, mandates that hold today, and with a session its end and the token against forged"
                    + " requests, which a page sends as `X-CSRF-TOKEN`.")
    @GetMapping("/api/v1/me")
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
                        .map(it -> new HeldMandate(
                                it.id(),
                                it.role(),
                                it.scope(),
                                directory.nameOf(it.scope()),
                                it.substituteOf() != null))
                        .toList(),
                session.map(Session::csrf).orElse(null),
                session.map(it -> new SessionEnd(sessions.idleUntil(it), it.until()))
                        .orElse(null));
    }
}
