package koinon.projects.plan;

import koinon.platform.model.Money;

/// What one partner city is given and what it brings itself.
public record PartnerShare(String city, Money grant, Money coFinancing) {}
