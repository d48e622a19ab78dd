package koinon.http.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Identifies anonymous clients by their IPv4 address, or by the /64 network of their IPv6 address, which one
/// client owns.
public final class ClientNetwork {

    private static final int BYTES_OF_NETWORK = 8;
    private static final int LONGEST = 64;

    private ClientNetwork() {}

    /// @param address as Tomcat has it; what a proxy has forwarded may be no address, and is taken as it is
    public static String of(String address) {
        try {
            return of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException _) {
            return address.substring(0, Math.min(address.length(), LONGEST));
        }
    }

    static String of(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), BYTES_OF_NETWORK)) + "/64"
                : address.getHostAddress();
    }
}
