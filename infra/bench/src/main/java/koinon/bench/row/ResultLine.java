package koinon.bench.row;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A line of the table: what was measured, beside what, and whether that is what we aim at.
///
/// @param reference of the same run; null where the aim is a figure by itself
/// @param aim in words: `>= 0.5`
/// @param note what the reader must know: conditions, and the cause when it is missed
public record ResultLine(
        String what, Figure measured, @Nullable Figure reference, String aim, boolean met, String note) {

    /// What was measured, before it is compared.
    public static Measured of(String what, Figure measured) {
        return new Measured(what, measured, null);
    }

    /// Measured over reference; null without one.
    public @Nullable Double ratio() {
        return reference == null ? null : measured.value() / reference.value();
    }

    /// The same with something that the reader must know.
    public ResultLine noting(String more) {
        return new ResultLine(what, measured, reference, aim, met, note.isEmpty() ? more : note + "; " + more);
    }

    /// Why it is missed, where it is.
    public ResultLine missedBecause(String cause) {
        return met ? this : noting(cause);
    }

    /// A figure and maybe its reference, about to be held against an aim.
    public record Measured(
            String what, Figure measured, @Nullable Figure reference) {

        /// The reference of the same run.
        public Measured beside(Figure reference) {
            return new Measured(what, measured, reference);
        }

        /// Aims at a share of the reference, or more.
        public ResultLine atLeastTimes(double ratio) {
            return held(">= %s of it".formatted(plain(ratio)), measured.value() >= ratio * beside());
        }

        /// Aims at less than a multiple of the reference and a constant, in the unit of the figure.
        public ResultLine belowTimes(double ratio, double plus) {
            String aim = "< %s x it%s".formatted(plain(ratio), plus == 0 ? "" : " + " + new Figure(plus, unit()));
            return held(aim, measured.value() < ratio * beside() + plus);
        }

        /// Aims at a figure, in the unit of what was measured, or more.
        public ResultLine atLeast(double figure) {
            return held(">= " + new Figure(figure, unit()), measured.value() >= figure);
        }

        /// Aims at a figure, in the unit of what was measured, or less.
        public ResultLine atMost(double figure) {
            return held("<= " + new Figure(figure, unit()), measured.value() <= figure);
        }

        /// Aims at less than a figure, in the unit of what was measured.
        public ResultLine below(double figure) {
            return held("< " + new Figure(figure, unit()), measured.value() < figure);
        }

        private ResultLine held(String aim, boolean met) {
            return new ResultLine(what, measured, reference, aim, met, "");
        }

        private double beside() {
            if (reference == null) throw new IllegalStateException(what + " has no reference");
            return reference.value();
        }

        private String unit() {
            return measured.unit();
        }

        private static String plain(double number) {
            return number == Math.rint(number)
                    ? String.format(Locale.ROOT, "%.0f", number)
                    : String.format(Locale.ROOT, "%s", number);
        }
    }
}
