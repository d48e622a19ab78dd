package koinon.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Hands the demo persons and their secrets to whoever sits at this machine, and to nobody else: the request must
/// come from the loopback address and name it, so that a page in a browser cannot be led here by a name of its own.
@RestController
class DemoPersonsController {

    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]", "::1");
    private final Clients clients;

    DemoPersonsController(Clients clients) {
        this.clients = clients;
    }

    @GetMapping("/demo-persons")
    ResponseEntity<List<Clients.Demo>> persons(HttpServletRequest request) throws UnknownHostException {
        var fromHere = InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        if (!fromHere || !HERE.contains(request.getServerName()))
            return ResponseEntity.status(HttpStatus.FORBIDDEN).build();
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(clients.persons());
    }
}
