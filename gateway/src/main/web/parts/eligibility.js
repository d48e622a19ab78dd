import { html, nothing } from "lit";
import { admitted, Cities } from "../lib/cities.js";
import { decimal, isAmount, isoDay } from "../lib/entry.js";
import { Part } from "../lib/part.js";
import { Trial } from "../lib/trial.js";
import { t } from "../lib/words.js";
import { amount, choice, dayField } from "./fields.js";
import { findings } from "./findings.js";

/** Would we be eligible? Cities, days and amounts are tried against the rules of a call; nothing is saved. */
class Eligibility extends Part {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { call: { attribute: false }, own: { attribute: false }, form: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.call = null;
    /** Cities of the reader. @type {{id: string, name: string}[]} */
    this.own = [];
    this.cities = new Cities(this);
    this.form = { lead: "", partners: /** @type {string[]} */ ([]), startsOn: { d: "", m: "", y: "" }, endsOn: { d: "", m: "", y: "" }, grant: "", brings: "" };
    this.trial = new Trial(this, () => this.form.lead ? `/calls/${this.call.id}/readiness` : null, () => this.body());
  }

  willUpdate() {
    if (!this.form.lead && this.own.length) this.form = { ...this.form, lead: this.own[0].id };
  }

  body() {
    const { lead, partners, startsOn, endsOn, grant, brings } = this.form;
    const currency = this.call.terms.currency;
    const days = { startsOn: isoDay(startsOn), endsOn: isoDay(endsOn) };
    const money = (/** @type {string} */ it) => ({ amount: isAmount(decimal(it)) ? decimal(it) : "0", currency });
    return {
      lead, partners,
      ...(days.startsOn && days.endsOn && [days.startsOn, days.endsOn].every(it => it?.length === 10 && !Number.isNaN(Date.parse(it))) ? days : {}),
      ...(isAmount(decimal(grant)) ? { parts: [{ city: lead, grant: money(grant), ...(isAmount(decimal(brings)) ? { contributions: [{ source: "–", kind: "cash", amount: money(brings) }] } : {}) }] } : {}),
    };
  }

  /** @param {any} change */
  set(change) {
    this.form = { ...this.form, ...change };
  }

  render() {
    const { form } = this;
    const choices = admitted(this.cities.all);
    const currency = this.call.terms.currency;
    return html`<section class="card no-print"><h2>${t("eligible.title")}</h2><p class="muted">${t("eligible.note")}</p>
      <div class="stack">${choice({ id: "try-lead", label: t("eligible.lead"), value: form.lead, none: "–", choices, change: lead => this.set({ lead }) })}
        ${form.partners.map((id, i) => html`<div class="row apart"><span>${this.cities.name(id)}</span><button type="button" class="button" @click=${() => this.set({ partners: form.partners.filter((_, n) => n !== i) })}>${t("eligible.remove")}</button></div>`)}
        ${choice({ id: "try-partner", label: t("eligible.add"), value: "", none: "–", choices: admitted(this.cities.all, [form.lead, ...form.partners]), change: id => id && this.set({ partners: [...form.partners, id] }) })}
        <div class="two-up">${dayField({ id: "try-starts", label: t("proposal.starts"), value: form.startsOn, optional: true, change: startsOn => this.set({ startsOn }) })}${dayField({ id: "try-ends", label: t("proposal.ends"), value: form.endsOn, optional: true, change: endsOn => this.set({ endsOn }) })}</div>
        ${this.call.terms.tranches.length ? html`<div class="two-up">${amount({ id: "try-grant", label: t("eligible.grant"), value: form.grant, currency, optional: true, change: grant => this.set({ grant }) })}${amount({ id: "try-brings", label: t("eligible.brings"), value: form.brings, currency, optional: true, change: brings => this.set({ brings }) })}</div>` : nothing}
        ${form.lead ? findings(this.trial, new Map([...this.cities.all.keys()].map(id => [id, this.cities.name(id)])), () => null) : nothing}</div></section>`;
  }
}

customElements.define("koinon-eligibility", Eligibility);
