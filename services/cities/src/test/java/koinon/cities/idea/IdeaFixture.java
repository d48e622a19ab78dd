package koinon.cities.idea;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import koinon.cities.Participant;
import koinon.cities.Participant.Standing;
import koinon.cities.gathering.programme.Occasion;
import koinon.cities.idea.IdeaEvent.IdeaRaised;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;

/// Ideas in each state, reached through commands.
final class IdeaFixture {

    static final Instant NOW = Instant.parse("2027-05-10T03:00:00Z");
    static final String ID = "5f0c8a52-7d1e-4c3b-9a60-2f8e1b7c4d11";
    static final Participant HANOI = new Participant("vn-ha-noi", "Hà Nội", Standing.TAKES_PART);
    static final Participant CEBU = new Participant("ph-cebu-city", "Cebu City", Standing.TAKES_PART);
    static final Occasion FORUM = new Occasion("creative-forum-2027-05-10", false, Set.of("opening"));

    static final Actor SECRETARIAT = person("secretary", "secretariat", "network");
    static final Actor HANOI_EDITOR = person("h", "city-editor", "city/vn-ha-noi");
    static final Actor CEBU_EDITOR = person("c", "city-editor", "city/ph-cebu-city");

    private IdeaFixture() {}

    static Actor person(String id, String role, String scope) {
        return new Actor(id, List.of(new Mandate("m-" + id, role, scope, null, null, null)), null, null, NOW);
    }

    static IdeaRaised facts(String field, List<String> themes, String session) {
        return new IdeaRaised(
                "Craft routes", "Workshops in several cities.", HANOI.id(), field, themes, FORUM.id(), session);
    }

    static Idea raised() {
        return Idea.raise(ID, facts("Design", List.of("crafts"), "opening"), HANOI, FORUM, HANOI_EDITOR);
    }

    static Idea dropped() {
        Idea idea = raised();
        idea.showInterest(CEBU.id(), CEBU, CEBU_EDITOR);
        idea.drop("Nobody has the money for it.", HANOI_EDITOR);
        return idea;
    }

    static Idea in(Idea.State state) {
        return switch (state) {
            case RAISED -> raised();
            case DROPPED -> dropped();
        };
    }
}
