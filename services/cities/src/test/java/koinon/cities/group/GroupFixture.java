package koinon.cities.group;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import koinon.cities.fact.LocalName;
import koinon.cities.fact.Source;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;

/// Groups in each state, reached through commands.
final class GroupFixture {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    /// The members of ASEAN; Timor-Leste since 26 October 2025.
    static final List<String> ASEAN = List.of("BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "VN", "TL");

    static final Source SOURCE = new Source("ASEAN Member States", LocalDate.of(2025, 10, 26), "https://asean.org/");
    static final Definition.Known KNOWN = new Definition.Known(Set.copyOf(ASEAN), Set.of("vn-ha-noi", "au-geelong"));

    static final Actor SECRETARIAT = person("secretary", "secretariat", "network");
    static final Actor EDITOR = person("editor", "city-editor", "city/vn-ha-noi");

    private GroupFixture() {}

    static Actor person(String id, String role, String scope) {
        return new Actor(id, List.of(new Mandate("m-" + id, role, scope, null, null, null)), null, null, NOW);
    }

    static Definition asean() {
        return new Definition(
                List.of(new LocalName("Hiệp hội các quốc gia Đông Nam Á", "vi")), ASEAN, List.of(), null, SOURCE);
    }

    /// A sub-network of cities, which one of them coordinates.
    static Definition designCities() {
        return new Definition(List.of(), List.of(), List.of("vn-ha-noi", "au-geelong"), "au-geelong", SOURCE);
    }

    static Group active() {
        return Group.register("ASEAN", asean(), KNOWN, SECRETARIAT);
    }

    static Group in(Group.State state) {
        Group group = active();
        if (state == Group.State.RETIRED) group.retire("It was dissolved.", SECRETARIAT);
        return group;
    }
}
