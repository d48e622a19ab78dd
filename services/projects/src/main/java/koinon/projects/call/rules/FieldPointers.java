package koinon.projects.call.rules;

import java.util.Collection;
import java.util.List;

/// The addresses of a proposal's fields, as JSON pointers relative to the proposal: a finding leads to them.
public final class FieldPointers {

    public static final String SUMMARY = "/summary/summary";
    public static final String STARTS_ON = "/summary/startsOn";
    public static final String ENDS_ON = "/summary/endsOn";
    public static final String MILESTONES = "/work-plan/milestones";

    /// Which cities take part.
    public static final String PARTNERS = "/partners";

    private FieldPointers() {}

    /// A field of a milestone.
    ///
    /// @param index of the milestone in the work plan, from 0
    /// @param field `due` or `tranche`
    public static String milestone(int index, String field) {
        return MILESTONES + "/" + index + "/" + field;
    }

    /// The parts of these cities.
    public static List<String> parts(Collection<String> cities) {
        return of(cities, "/part");
    }

    /// The grants that these cities ask for.
    public static List<String> grants(Collection<String> cities) {
        return of(cities, "/part/grant");
    }

    /// The commitments of these cities.
    public static List<String> commitments(Collection<String> cities) {
        return of(cities, "/commitment");
    }

    private static List<String> of(Collection<String> cities, String field) {
        return cities.stream().map(it -> PARTNERS + "/" + it + field).toList();
    }
}
