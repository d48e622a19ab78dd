package koinon.gateway.status;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import koinon.gateway.directory.Directory;
import koinon.gateway.directory.LocalDeadline;
import koinon.gateway.part.AgreementPart;
import koinon.gateway.part.Award;
import koinon.gateway.part.Parts;
import koinon.gateway.part.ProjectPart;
import koinon.gateway.part.ProposalPart;
import org.jspecify.annotations.Nullable;

/// Whose turn it is: everyone who can bring a project forward now, by role and scope. Empty when something follows by
/// itself or nothing follows any more.
final class Turns {

    private static final String SECRETARIAT = "secretariat@network";

    private final Parts parts;
    private final Directory directory;
    private final Deadlines deadlines;
    private final List<Status.Turn> turns = new ArrayList<>();

    Turns(Parts parts, Directory directory, Deadlines deadlines) {
        this.parts = parts;
        this.directory = directory;
        this.deadlines = deadlines;
    }

    List<Status.Turn> all() {
        ProposalPart proposal = parts.proposal();
        ProjectPart project = parts.project();
        if (project != null) project(project);
        else if (proposal != null) proposal(proposal);
        return List.copyOf(turns);
    }

    private void proposal(ProposalPart it) {
        switch (it.state()) {
            case DRAFT -> draft(it);
            case RETURNED -> draft(it);
            case SUBMITTED -> turn(SECRETARIAT, "Decide whether the proposal is eligible.");
            case ELIGIBLE -> turn(SECRETARIAT, "Select the proposal, put it on the reserve list or do not approve it.");
            case RESERVE_LISTED -> turn(SECRETARIAT, "Select the proposal or do not approve it.");
            case INELIGIBLE, SELECTED, APPROVED, NOT_APPROVED, WITHDRAWN -> {}
        }
    }

    private void draft(ProposalPart it) {
        @Nullable LocalDeadline until = deadlines.toSubmit();
        if (until != null && deadlines.isPast(until.at())) return;
        boolean allCommitted = true;
        for (ProposalPart.Partner partner : it.partners()) {
            switch (partner.standing()) {
                case INVITED -> turn(signatory(partner.city()), "Accept or decline to take part.");
                case ACCEPTED -> turn(signatory(partner.city()), "Commit to this city's part.");
                case COMMITTED, DECLINED, REMOVED -> {
                    continue;
                }
            }
            allCommitted = false;
        }
        if (allCommitted) turn(signatory(it.lead()), "Submit the proposal.");
        else turn("city-editor@city/" + it.lead(), "Complete the proposal.");
    }

    private void project(ProjectPart it) {
        switch (it.state()) {
            case CONTRACTING -> {
                if (parts.award() != null)
                    for (Award.Partner partner : parts.award().partners())
                        if (!it.isSignedBy(partner.city()))
                            turn(signatory(partner.city()), "Sign the partnership agreement.");
            }
            case ACTIVE -> work(it);
            case SUSPENDED -> turn(SECRETARIAT, "Resume or terminate the project.");
            case COMPLETED, TERMINATED -> {
                if (parts.agreements().values().stream().allMatch(Turns::isOver))
                    turn(SECRETARIAT, "Close the project.");
            }
            case CLOSED -> {}
        }
        for (AgreementPart agreement : parts.agreements().values()) agreement(agreement);
    }

    private void work(ProjectPart it) {
        boolean allVerified = true;
        boolean named = false;
        for (Award.Milestone milestone : deadlines.toReport()) {
            allVerified = false;
            if (named && !deadlines.isPast(Deadlines.endOf(milestone.due()))) continue;
            named = true;
            if (parts.award() != null)
                turn("city-editor@city/" + parts.award().lead(), "Report the milestone \"" + milestone.title() + "\".");
        }
        for (Award.Milestone milestone : parts.milestones()) {
            if (it.milestone(milestone.id()).step() != ProjectPart.Step.REPORTED) continue;
            allVerified = false;
            for (String verifier : verifiers())
                turn(verifier, "Verify or return the milestone \"" + milestone.title() + "\".");
        }
        for (Award.Milestone milestone : parts.milestones()) {
            ProjectPart.@Nullable Postponement open = it.postponement(milestone.id());
            if (open != null)
                turn(
                        SECRETARIAT,
                        "Agree to or refuse to have the milestone \"" + milestone.title() + "\" on " + open.due()
                                + ".");
        }
        if (allVerified) for (String verifier : verifiers()) turn(verifier, "Complete the project.");
    }

    private List<String> verifiers() {
        @Nullable Award award = parts.award();
        @Nullable String role = award == null ? null : award.verifier();
        if (role == null) return List.of(SECRETARIAT);
        if (!role.equals("funder-officer")) return List.of(role + "@network");
        Set<String> funds =
                parts.agreements().values().stream().map(AgreementPart::fund).collect(Collectors.toSet());
        return funds.stream()
                .map(it -> "funder-officer@" + funderScope(it))
                .distinct()
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private void agreement(AgreementPart it) {
        String officer = "funder-officer@" + funderScope(it.fund());
        String approver = "funder-approver@" + funderScope(it.fund());
        switch (it.state()) {
            case RESERVED -> turn(officer, "Offer the agreement.");
            case OFFERED -> turn(signatory(it.beneficiary()), "Sign or decline the agreement.");
            case DECLINED -> turn(officer, "Offer the agreement again.");
            case SIGNED -> turn(approver, "Countersign the agreement.");
            case IN_FORCE, SUSPENDED, TERMINATED ->
                it.tranches().stream()
                        .filter(tranche -> !Derivation.isHeld(tranche, it))
                        .forEach(tranche -> tranche(tranche, officer, approver));
            case REQUESTED, REFUSED, RELEASED, CLOSED -> {}
        }
    }

    private void tranche(AgreementPart.Tranche it, String officer, String approver) {
        String named = "tranche \"" + it.id() + "\"";
        switch (it.step()) {
            case PAYABLE -> {
                if (it.payable() != null && it.payable().amount().signum() == 0)
                    turn(approver, "Cancel " + named + ": nothing was earned.");
                else turn(officer, "Request the payment of " + named + ".");
            }
            case REQUESTED -> turn(approver, "Authorise the payment of " + named + ".");
            case AUTHORISED -> turn(officer, "Send the payment of " + named + " to the bank.");
            case SENT -> turn(approver, "Record the bank's answer on " + named + ".");
            case FAILED, BOUNCED -> turn(officer, "Request the payment of " + named + " again.");
            case PLANNED, PAID, CANCELLED -> {}
        }
    }

    private static boolean isOver(AgreementPart it) {
        return switch (it.state()) {
            case CLOSED, RELEASED, REFUSED -> true;
            case REQUESTED, RESERVED, OFFERED, DECLINED, SIGNED, IN_FORCE, SUSPENDED, TERMINATED -> false;
        };
    }

    private String funderScope(String fund) {
        @Nullable String funder = directory.fund(fund).funder();
        return "funder/" + (funder == null ? "unknown" : funder);
    }

    private static String signatory(String city) {
        return "city-signatory@city/" + city;
    }

    private void turn(String who, String what) {
        turns.add(new Status.Turn(who, what));
    }
}
