package koinon.projects.plan;

import koinon.eventing.value.Money;

/// The grant and the co-financing of one partner city.
public record PartnerShare(String city, Money grant, Money coFinancing) {}
