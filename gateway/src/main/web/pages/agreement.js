import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { send } from "../lib/api.js";
import { Me } from "../lib/me.js";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { money, sentence, t, tranche } from "../lib/words.js";
import "../parts/command-form.js";
import "../parts/freshness.js";
import { namesOf } from "../parts/history.js";
import { mark } from "../parts/marks.js";
import { shown } from "../parts/states.js";

/** @typedef {import("../parts/command-form.js").Field} Field */

/** The agreement of a project with one fund: its parties, what each tranche waits for, and what can be done. */
class Agreement extends Page {
  constructor() {
    super();
    this.me = new Me(this);
    this.agreement = new Resource(this, () => `/agreements/${this.key}`);
    this.status = new Resource(this, () => this.agreement.data ? `/status/projects/${this.agreement.data.project}` : null);
  }

  heading() {
    return this.status.data ? t("agreement.title", { project: this.status.data.title }) : this.agreement.problem ? t("agreement.agreement") : "";
  }

  /** @param {any} item */
  soon(item) {
    return item.id === this.agreement.data?.project;
  }

  /** @param {any[]} items */
  changed(items) {
    if (items.some(it => it.id === this.agreement.data?.project)) void this.reread();
  }

  reread() {
    void this.status.refresh();
    return this.agreement.refresh();
  }

  /** @param {string} path @param {any} [body] */
  async command(path, body) {
    await send("POST", `/agreements/${this.key}/${path}`, body);
    await this.reread();
  }

  render() {
    const it = this.agreement.data;
    const status = this.status.data;
    if (!it) return html`<h1>${t("agreement.agreement")}</h1>${shown(this.agreement, () => nothing)}`;
    const fund = status?.agreements?.find((/** @type {any} */ one) => one.id === this.key)?.fund;
    const { cities, milestones } = namesOf(status ?? {});
    const actions = it.nextActions.filter((/** @type {any} */ one) => !one.subject);
    return html`<header class="stack"><p class="small muted"><a href="/projects/${it.project}">${status?.title ?? t("table.title")}</a></p><h1>${t("agreement.title", { project: status?.title ?? "" })}</h1><div class="row">${mark(it.state)}<koinon-freshness></koinon-freshness></div>${it.statusReason ? html`<q class="muted">${it.statusReason}</q>` : nothing}</header>
      <div class="two"><div class="stack">${actions.length ? html`<section class="card"><h2>${t("agreement.to-do")}</h2>${repeat(actions, (/** @type {any} */ one) => one.action, (/** @type {any} */ one) => this.action(one, null))}</section>` : nothing}
        <section class="card"><h2>${t("agreement.tranches")}</h2>${it.tranches.length ? html`<ol class="plain">${it.tranches.map((/** @type {any} */ one) => this.tranche(it, one, milestones))}</ol>` : html`<p class="muted">${t("agreement.no-tranches")}</p>`}</section></div>
      <aside class="stack"><section class="card"><h2>${t("agreement.parties")}</h2><dl class="facts tall"><dt>${t("agreement.fund")}</dt><dd>${fund?.name ?? it.fund}${fund?.funder ? html`<br><a href="/funders/${fund.funder}">${fund.funderName ?? fund.funder}</a>` : nothing}</dd><dt>${t("agreement.beneficiary")}</dt><dd><a href="/cities/${it.beneficiary}">${cities.get(it.beneficiary) ?? it.beneficiary}</a></dd>
        ${it.amount ? html`<dt>${t("proposal.amount")}</dt><dd><bdi>${money(it.amount)}</bdi></dd>` : nothing}${it.paid ? html`<dt>${t("agreement.paid")}</dt><dd><bdi>${money(it.paid)}</bdi></dd>` : nothing}</dl></section>
        <p class="no-print"><button class="button" @click=${() => print()}>${t("print")}</button></p></aside></div>`;
  }

  /** @param {any} it @param {any} one @param {Map<string, string>} milestones */
  tranche(it, one, milestones) {
    const actions = it.nextActions.filter((/** @type {any} */ action) => action.subject === `tranche/${one.id}`);
    return html`<li class="stack"><div class="row apart"><strong>${tranche(one.id)}</strong><span class="row"><bdi>${money(one.payable ?? one.planned)}</bdi>${mark(one.state)}</span></div>
      ${one.payable ? nothing : html`<ul class="small">${one.conditions.map((/** @type {any} */ x) => html`<li class=${x.met ? "ok tone" : "muted"}>${t(`condition.${x.what}.${x.met ? "met" : "unmet"}`, { milestone: milestones.get(x.milestone) ?? x.milestone ?? "" })}</li>`)}</ul>`}
      ${one.statusReason ?? one.unfounded ? html`<q class="muted">${one.statusReason ?? one.unfounded}</q>` : nothing}${repeat(actions, (/** @type {any} */ action) => action.action, (/** @type {any} */ action) => this.action(action, one))}</li>`;
  }

  /** What can be done, or why the reader cannot. @param {any} it @param {any} one a tranche, or null */
  action(it, one) {
    if (!it.possible) return html`<p class="small muted">${sentence(it.says)} ${it.whyNot ? sentence(it.whyNot) : nothing}</p>`;
    const path = one ? `tranches/${one.id}/` : "";
    /** @type {Field[]} */
    const reason = [{ name: "reason", label: t("form.reason"), type: "long", required: true }];
    const form = (/** @type {string} */ label, /** @type {string} */ command, /** @type {Field[]} */ fields = []) => html`<koinon-form class="no-print" .fields=${fields} .button=${label} .send=${(/** @type {any} */ body) => this.command(path + command, fields.length ? body : undefined)}></koinon-form>`;
    const folded = (/** @type {string} */ label, /** @type {string} */ command, /** @type {Field[]} */ fields) => html`<details class="no-print"><summary>${label}</summary>${form(label, command, fields)}</details>`;
    switch (it.action) {
      case "agreement.offer": return form(t("agreement.offer"), "offer");
      case "agreement.sign": return html`${form(t("agreement.sign"), "signature")}${folded(t("agreement.decline"), "decline", reason)}`;
      case "agreement.countersign": return form(t("agreement.countersign"), "countersignature");
      case "tranche.request": return form(t("agreement.request"), "request");
      case "tranche.authorise": return form(t("agreement.authorise"), "authorisation");
      case "tranche.send": return form(t("agreement.send"), "dispatch", [{ name: "reference", label: t("agreement.reference"), required: true }]);
      case "tranche.record": return html`${folded(t("agreement.arrived"), "payment", [{ name: "bankReference", label: t("agreement.bank-reference"), required: true }, { name: "bookedOn", label: t("agreement.booked"), type: "date", required: true }, { name: "amount/amount", label: t("proposal.amount"), required: true, value: one.payable.amount, hint: one.payable.currency }, { name: "amount/currency", label: "", type: "hidden", value: one.payable.currency }])}
        ${folded(t("agreement.failed"), "failure", reason)}`;
      case "tranche.cancel": return folded(t("agreement.cancel"), "cancellation", reason);
      default: return html`<p>${sentence(it.says)}</p>`;
    }
  }
}

customElements.define("page-agreement", Agreement);
