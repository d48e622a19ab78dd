package koinon.testing.access;

/// Whose things a test's fixture has made.
///
/// @param lead id of the city that leads, the beneficiary too
/// @param partner id of another city that takes part
/// @param funder id of the funder that pays
public record AccessFixture(String lead, String partner, String funder) {}
