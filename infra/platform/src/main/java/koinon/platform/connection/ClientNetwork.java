package koinon.platform.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Tells clients without a name apart: by their IPv4 address, or by the /64 of their IPv6 address, which one client has
/// to itself.
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
