import { html } from "lit";
import { Part } from "../lib/part.js";
import { capacity, t } from "../lib/words.js";

/** @typedef {{id: string, role: string, scope: string, scopeName?: string, substitute?: boolean}} Mandate */

/** Asks under which mandate somebody acts where several fit. */
class Capacity extends Part {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { mandates: { attribute: false }, fitting: { state: true } };

  constructor() {
    super();
    /** All of the person. @type {Mandate[]} */
    this.mandates = [];
    /** @type {Mandate[]} */
    this.fitting = [];
    /** @type {(chosen: string | null) => void} */
    this.answer = () => {};
  }

  /** @param {string[]} ids @returns {Promise<string | null>} null where the person chose none */
  async ask(ids) {
    this.answer(null);
    this.fitting = this.mandates.filter(it => ids.includes(it.id));
    await this.updateComplete;
    const dialog = /** @type {HTMLDialogElement} */ (this.querySelector("dialog"));
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise(then => (this.answer = then));
  }

  closed() {
    const dialog = /** @type {HTMLDialogElement} */ (this.querySelector("dialog"));
    const chosen = new FormData(/** @type {HTMLFormElement} */ (dialog.querySelector("form"))).get("mandate");
    this.answer(dialog.returnValue === "go" && chosen ? String(chosen) : null);
    this.answer = () => {};
  }

  render() {
    return html`<dialog aria-labelledby="capacity-title" @close=${this.closed}><form method="dialog" class="stack"><h2 id="capacity-title">${t("capacity.title")}</h2><p>${t("capacity.note")}</p>
      <div class="choices">${this.fitting.map((it, at) => html`<label class="row"><input type="radio" name="mandate" value=${it.id} .checked=${at === 0}> <span>${this.name(it)}</span></label>`)}</div>
      <p class="row"><button class="button main" value="go">${t("capacity.go")}</button><button class="button" value="">${t("cancel")}</button></p></form></dialog>`;
  }

  /** @param {Mandate} it */
  name(it) {
    const who = capacity(`${it.role}@${it.scope}`, it.scopeName ? new Map([[it.scope, it.scopeName]]) : undefined);
    return it.substitute ? t("capacity.substitute", { who }) : who;
  }
}

customElements.define("koinon-capacity", Capacity);
