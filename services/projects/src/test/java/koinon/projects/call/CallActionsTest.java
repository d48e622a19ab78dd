package koinon.projects.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import koinon.eventing.test.NextActionLaw;
import koinon.projects.Role;
import org.junit.jupiter.api.Test;

/// What can be done next with a call.
class CallActionsTest {

    private static final NextActionLaw<Call> LAW = new NextActionLaw<Call>(
                    Map.of(
                            "call.write",
                                    (it, _, by) -> it.change(CallFixture.terms(), CallFixture.FUNDS, Set.of(), by),
                            "call.publish", (it, _, by) -> it.publish(by),
                            "call.decide", (it, _, by) -> it.decide(null, by),
                            "call.release-decisions", (it, _, by) -> it.releaseDecisions(by),
                            "call.archive", (it, _, by) -> it.archive(by)),
                    Map.of(),
                    it -> {
                        throw new AssertionError(it);
                    },
                    CallFixture.BEFORE_OPENING)
            .repeatable("call.release-decisions")
            .withRights(Role.SECRETARIAT.ofNetwork());

    @Test
    void what_is_listed_is_possible_and_nothing_else_in_each_state() {
        LAW.holdsFor(CallFixture::draft);
        LAW.holdsFor(CallFixture::published);
        LAW.holdsFor(CallFixture::decided);
        LAW.holdsFor(CallFixture::cancelled);
        LAW.holdsFor(() -> CallFixture.holding(0));
        LAW.holdsFor(() -> CallFixture.holding(1));
        assertThat(CallFixture.cancelled().actions()).isEmpty();
    }

    @Test
    void a_draft_with_terms_is_published_before_it_would_close() {
        assertThat(CallFixture.written(CallFixture.terms()).actions())
                .singleElement()
                .satisfies(it -> assertThat(it.action()).isEqualTo("call.publish"))
                .satisfies(it -> assertThat(it.until())
                        .isEqualTo(CallFixture.terms().closes().moment()));
    }
}
