package koinon.testing.doors;

/// Whose things a test's fixture has made.
///
/// @param lead id of the city that leads, the beneficiary too
/// @param partner id of another city that takes part
/// @param funder id of the funder that pays
public record Cast(String lead, String partner, String funder) {}
