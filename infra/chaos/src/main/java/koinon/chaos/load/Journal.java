package koinon.chaos.load;

import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import koinon.demo.client.Reply;
import koinon.demo.client.RequestObserver;

/// All that was asked and answered in one trial: what was acknowledged, and every answer that must never be given.
public final class Journal implements RequestObserver {

    /// Two seconds are promised; the rest is for a client on the same busy machine.
    private static final Duration LATE = Duration.ofSeconds(3);

    private final Map<String, String> positions = new ConcurrentHashMap<>();
    private final Set<String> marks = ConcurrentHashMap.newKeySet();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<URI, Long> excused = new ConcurrentHashMap<>();

    @Override
    public void saw(Attempt attempt) {
        if (attempt.reply() == null) unanswered(attempt);
        else answered(attempt, attempt.reply());
        if (attempt.end() - attempt.begin() > LATE.toNanos() && !isExcused(attempt))
            wrong.add(attempt.request() + " took " + (attempt.end() - attempt.begin()) / 1_000_000 + " ms");
    }

    private void unanswered(Attempt attempt) {
        if (attempt.key() != null) unknown.add(attempt.key());
        // A request that was given up counts as too late.
        if (!isExcused(attempt) && !(attempt.failure() instanceof HttpTimeoutException))
            wrong.add(attempt.request() + " was not answered: " + attempt.failure());
    }

    private void answered(Attempt attempt, Reply reply) {
        String key = attempt.key();
        if (key != null && reply.isFine()) {
            acknowledged.add(attempt.end());
            reply.position().ifPresent(it -> at(it, key));
        }
        boolean away = reply.status() == 503;
        if (key != null && away && reply.body().path("detail").asString("").contains("unknown")) unknown.add(key);
        if (reply.status() >= 500 && !(away && reply.header("Retry-After").isPresent()) && !isExcused(attempt))
            wrong.add(reply.request() + " was answered " + reply.said() + (away ? " without Retry-After" : ""));
    }

    /// Two commands that change something cannot end at the same event.
    private void at(String position, String key) {
        String other = positions.putIfAbsent(position, key);
        if (other != null && !other.equals(key)) wrong.add("two commands were answered with " + position);
    }

    /// A text was acknowledged that is to be found in one event.
    void marked(String mark) {
        marks.add(mark);
    }

    /// Something was answered that cannot be true.
    void wrong(String sentence) {
        wrong.add(sentence);
    }

    /// From now on this gateway is not judged, for it is being broken, until it is again.
    public void excuse(URI gateway) {
        excused.put(gateway, Long.MAX_VALUE);
    }

    /// Requests that begin from now on are judged.
    public void judge(URI gateway) {
        excused.put(gateway, System.nanoTime());
    }

    private boolean isExcused(Attempt attempt) {
        return attempt.begin() < excused.getOrDefault(attempt.gateway(), Long.MIN_VALUE);
    }

    public int acknowledged() {
        return acknowledged.size();
    }

    /// How many commands were at least once answered in a way that leaves open whether they were done.
    public int unknown() {
        return unknown.size();
    }

    /// The longest time in which nothing was acknowledged.
    public Duration longestSilence() {
        List<Long> moments = new ArrayList<>(acknowledged);
        Collections.sort(moments);
        long longest = 0;
        for (int at = 1; at < moments.size(); at++) longest = Math.max(longest, moments.get(at) - moments.get(at - 1));
        return Duration.ofNanos(longest);
    }

    /// The places of events that acknowledged commands ended at.
    public Set<String> positions() {
        return Set.copyOf(positions.keySet());
    }

    public Set<String> marks() {
        return Set.copyOf(marks);
    }

    /// Answers that must never be given.
    public List<String> wrong() {
        return List.copyOf(wrong);
    }
}
