package koinon.gateway.published;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.gateway.part.AgreementPart;
import koinon.gateway.part.Award;
import koinon.gateway.part.ProjectPart;
import koinon.gateway.part.ProposalPart;
import koinon.gateway.published.PublishedAggregate.Partner;
import koinon.gateway.published.PublishedAggregate.Sums;
import org.jspecify.annotations.Nullable;

/// What the gateway has folded of an aggregate, in the words in which its service says what it has published.
record FoldedState(
        @Nullable String state,
        Map<String, String> parts,
        @Nullable Sums sums,
        Map<String, Partner> partners) {

    /// Empty for what the gateway folds no state of.
    static Optional<FoldedState> of(@Nullable Object kept) {
        return switch (kept) {
            case ProposalPart it -> Optional.of(proposal(it));
            case ProjectPart it -> Optional.of(project(it));
            case AgreementPart it -> Optional.of(agreement(it));
            case null, default -> Optional.empty();
        };
    }

    /// What differs from what the service has, a sentence each; nothing where the service names no state.
    Stream<String> differences(PublishedAggregate published) {
        if (published.state() == null) return Stream.of();
        Map<String, Partner> theirs = published.partners() == null
                ? Map.of()
                : published.partners().stream().collect(Collectors.toMap(Partner::city, it -> it));
        return Stream.of(
                        difference("state", published.state(), state),
                        difference("parts", sorted(published.parts()), sorted(parts)),
                        difference("sums", published.sums(), sums),
                        difference("partners", sorted(theirs), sorted(partners)))
                .flatMap(Optional::stream);
    }

    private static Map<String, ?> sorted(@Nullable Map<String, ?> map) {
        return map == null ? Map.of() : new TreeMap<>(map);
    }

    private static Optional<String> difference(String what, @Nullable Object published, @Nullable Object folded) {
        return Objects.equals(published, folded)
                ? Optional.empty()
                : Optional.of("Its " + what + ": " + published + " in its service, " + folded + " here.");
    }

    private static FoldedState proposal(ProposalPart it) {
        Map<String, String> parts = new LinkedHashMap<>();
        Map<String, Partner> partners = new LinkedHashMap<>();
        for (ProposalPart.Partner partner : it.partners()) {
            parts.put("partner/" + partner.city(), partner.standing().name());
            if (partner.standing().takesPart())
                partners.put(partner.city(), new Partner(partner.city(), partner.grant(), partner.coFinancing()));
        }
        return new FoldedState(it.state().name(), parts, null, partners);
    }

    private static FoldedState project(ProjectPart it) {
        Map<String, String> parts = new LinkedHashMap<>();
        Map<String, Partner> partners = new LinkedHashMap<>();
        for (Award.Milestone milestone : it.planned())
            parts.put(
                    "milestone/" + milestone.id(),
                    it.milestone(milestone.id()).step().name());
        @Nullable Award award = it.award();
        if (award != null)
            for (Award.Partner partner : award.partners()) {
                if (it.isSignedBy(partner.city())) parts.put("partnership/" + partner.city(), "SIGNED");
                partners.put(partner.city(), new Partner(partner.city(), partner.grant(), partner.coFinancing()));
            }
        return new FoldedState(it.state().name(), parts, null, partners);
    }

    private static FoldedState agreement(AgreementPart it) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (AgreementPart.Tranche tranche : it.tranches())
            parts.put("tranche/" + tranche.id(), tranche.step().name());
        AgreementPart.@Nullable Sums sums = it.sums();
        return new FoldedState(
                it.state().name(),
                parts,
                sums == null ? null : new Sums(sums.reserved(), sums.committed(), sums.payable(), sums.paid()),
                Map.of());
    }
}
