package koinon.eventing.actor;

/// A role for a scope, as rules require it and mandates grant it.
///
/// @param role name of the role, kebab-case
/// @param scope `<kind>/<id>`, or one word for the whole
public record Right(String role, String scope) {

    /// Reads the form in which settings and envelopes contain it.
    ///
    /// @param text `<role>@<scope>`
    /// @throws IllegalArgumentException when the text is not of that form
    public static Right of(String text) {
        int at = text.indexOf('@');
        if (at < 1 || at == text.length() - 1) throw new IllegalArgumentException("<role>@<scope>, not " + text);
        return new Right(text.substring(0, at), text.substring(at + 1));
    }

    /// `<role>@<scope>`
    @Override
    public String toString() {
        return role + "@" + scope;
    }
}
