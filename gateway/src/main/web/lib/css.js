import { noChange } from "lit";
import { directive, Directive } from "lit/directive.js";

/** Sets CSS variables of an element. Lit's own directive writes a style attribute first, which the policy forbids. */
class Css extends Directive {
  /** @param {Record<string, string>} _values */
  render(_values) {
    return noChange;
  }

  /** @param {any} part @param {[Record<string, string>]} values */
  update(part, [values]) {
    for (const [name, value] of Object.entries(values)) part.element.style.setProperty(name, value);
    return noChange;
  }
}

export const css = directive(Css);
