package koinon.gateway.me;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
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

/// Lists the sessions of a caller, and ends all of them.
@Tag(name = "session")
@RestController
@RequestMapping("/api/v1/me/sessions")
class SessionsController {

    private final Sessions sessions;

    SessionsController(Sessions sessions) {
        this.sessions = sessions;
    }

    /// @param items newest first
    record SessionList(List<SessionItem> items) {}

    /// @param seen when it was last used, up to a minute ago
    /// @param current whether it is the session of this request
    record SessionItem(Instant created, Instant seen, boolean current) {}

    @Operation(
            summary = "The caller's sessions",
            description = "Every browser in which the caller is logged in; none without a token.")
    @GetMapping
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
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endAll(Principal caller, HttpServletRequest request, HttpServletResponse response) {
        sessions.endAll(caller.getName());
        if (SessionRequest.sessionOf(request).isPresent()) SessionCookie.clear(response);
    }
}
