package koinon.chaos;

import java.util.List;

/// What came of one scenario.
///
/// @param rounds how often something was broken and mended
/// @param acknowledged commands that were answered with success
/// @param unknown commands of which some answer left open whether they were done, so that they were repeated
/// @param paid projects that were played to their first payment
/// @param lost what was acknowledged and is not on the topics
/// @param twice commands that were done more than once
/// @param drift differences between what is stored or shown and what the topics say
/// @param longestSilence in milliseconds without any acknowledged command
/// @param recovery milliseconds from the mending until everything answered, and both gateways showed it; the
///     longest of all rounds
/// @param broken sentences about every invariant that does not hold
record ChaosResult(
        String scenario,
        int rounds,
        int acknowledged,
        int unknown,
        int paid,
        int lost,
        int twice,
        int drift,
        long longestSilence,
        long recovery,
        List<String> broken) {

    /// One that did not come to its end.
    static ChaosResult failed(String scenario, int rounds, Exception why) {
        return new ChaosResult(scenario, rounds, 0, 0, 0, 0, 0, 0, 0, 0, List.of("It did not come to its end: " + why));
    }
}
