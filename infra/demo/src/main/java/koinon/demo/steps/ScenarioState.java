package koinon.demo.steps;

/// What one act leaves to the next: the ids of the things that were made.
public final class ScenarioState {

    /// An invented fund for cultural diversity, in US dollars, as the IFCD is a real one.
    public String ifcdFund = "";

    public String aseanFund = "";

    /// Modelled on the IFCD's calls: one fund, half in advance.
    public String ifcdCall = "";

    /// Modelled on Creative Europe's small scale: three partners of three countries, two funds.
    public String jointCall = "";

    /// The forum of the demo, and the idea that was raised there and is taken up.
    public String forum = "";

    public String idea = "";

    /// The proposal and project that the scenarios are about, which share an id.
    public String project = "";

    /// Another project, under the joint call.
    public String festival = "";

    /// A proposal for which the money is not there.
    public String archive = "";

    /// A proposal of Hà Nội that is being written.
    public String draft = "";

    /// The agreement of the first project with its fund.
    public String agreement = "";

    /// A project that is active, with a milestone that is reported.
    public String underway = "";
}
