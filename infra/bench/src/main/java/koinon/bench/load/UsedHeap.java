package koinon.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What a process of Java keeps on its heap.
final class UsedHeap {

    private static final Pattern USED = Pattern.compile("total .*used (\\d+)K");

    private UsedHeap() {}

    /// Bytes after a full collection.
    static long of(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        return USED.matcher(jcmd(pid, "GC.heap_info"))
                .results()
                .mapToLong(it -> 1_024 * Long.parseLong(it.group(1)))
                .sum();
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
        if (jcmd.waitFor() != 0) throw new IOException("jcmd says: " + said);
        return said;
    }
}
