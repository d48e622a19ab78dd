import { html, nothing } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { send } from "../lib/api.js";
import { Edit } from "../lib/edit.js";
import { Me } from "../lib/me.js";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { query } from "../lib/router.js";
import { away, day, money, number, share, t, tranche } from "../lib/words.js";
import "../parts/command-form.js";
import { evidenceForm } from "../parts/evidence.js";
import { long } from "../parts/fields.js";
import "../parts/freshness.js";
import { history, namesOf } from "../parts/history.js";
import { mandates } from "../parts/mandates.js";
import { mark } from "../parts/marks.js";
import { editing } from "../parts/proposal-forms.js";
import { empty, shown } from "../parts/states.js";

const TEXT = 20_000;

/** One milestone: what was promised, what it earns, its report with evidence, and what was said of it. */
class Milestone extends Page {
  constructor() {
    super();
    this.me = new Me(this);
    this.project = new Resource(this, () => `/projects/${this.key}`);
    this.status = new Resource(this, () => `/status/projects/${this.key}`);
    this.timeline = new Resource(this, () => `/status/projects/${this.key}/timeline?order=desc&limit=200`);
    this.report = new Edit(this, {
      path: () => this.may("milestone.report") ? `${this.path()}/report` : "",
      stored: () => this.milestone(),
      reload: () => this.project.refresh(),
      owner: () => this.me.data?.subject ?? "",
      toForm: it => ({ text: it.text ?? "", evidence: (it.evidence ?? []).map((/** @type {any} */ one, /** @type {number} */ i) => ({ ...one, key: String(i) })) }),
      toBody: it => ({ text: it.text, evidence: it.evidence.map((/** @type {any} */ { key, ...one }) => one) }),
      method: "POST",
    });
  }

  heading() {
    return this.milestone()?.title ?? (this.project.problem ? t("milestone.milestone") : "");
  }

  /** @param {any} item */
  soon(item) {
    return item.id === this.key;
  }

  /** @param {any[]} items */
  changed(items) {
    if (items.some(it => it.id === this.key)) this.reread();
  }

  reread() {
    void this.status.refresh();
    void this.timeline.refresh();
    return this.project.refresh();
  }

  chosen() {
    return query().get("milestone") ?? this.project.data?.detail?.milestones[0]?.id ?? "";
  }

  path() {
    return `/projects/${this.key}/milestones/${this.chosen()}`;
  }

  /** @returns {any} as those read it who take part */
  milestone() {
    return this.project.data?.detail?.milestones.find((/** @type {any} */ it) => it.id === this.chosen());
  }

  /** @param {string} action */
  may(action) {
    return this.project.data?.detail?.nextActions.some((/** @type {any} */ it) => it.action === action && it.possible && it.subject === `milestone/${this.chosen()}`) ?? false;
  }

  /** @param {string} path @param {any} [body] */
  async command(path, body) {
    await send("POST", `${this.path()}/${path}`, body, this.milestone()?.version);
    await this.reread();
  }

  render() {
    const project = this.project.data;
    const head = html`<p class="small muted"><a href="/projects/${this.key}">${project?.title ?? t("table.title")}</a></p>`;
    if (!project) return html`<header class="stack">${head}<h1>${t("milestone.milestone")}</h1></header>${shown(this.project, () => nothing)}`;
    const it = this.milestone() ?? this.status.data?.milestones.find((/** @type {any} */ one) => one.id === this.chosen());
    if (!it) return html`<header class="stack">${head}<h1>${t("milestone.milestone")}</h1></header>${empty(t("milestone.none"))}`;
    return html`<header class="stack">${head}<h1>${it.title}</h1><div class="row">${mark(it.state ?? "PLANNED")}<span class="muted">${t("milestone.due", { when: day(it.due) })} (${away(`${it.due}T23:59:59Z`)})</span>${it.achieved != null ? html`<span>${t("milestone.achieved", { share: share(Number(it.achieved)) })}</span>` : nothing}<koinon-freshness></koinon-freshness></div>${this.earns(project, it)}</header>
      ${keyed(this.chosen(), html`<div class="two"><div class="stack">${this.reporting()}${this.reported(it)}${this.verifying(project)}
        <section class="card"><h2>${t("milestone.history")}</h2>${shown(this.timeline, all => {
          const own = all.items.filter((/** @type {any} */ one) => one.facts?.milestone === this.chosen());
          return own.length ? history(own, namesOf(this.status.data ?? {})) : empty(t("milestone.no-history"));
        })}</section></div><aside class="stack">${this.postponing(project, it)}
        <section class="card"><h2>${t("milestone.all")}</h2><ul class="plain">${(this.status.data?.milestones ?? []).map((/** @type {any} */ one) => html`<li><span class="row apart"><a href="/projects/${this.key}/milestones?milestone=${one.id}" aria-current=${one.id === this.chosen() ? "page" : nothing}>${one.title}</a>${mark(one.state ?? "PLANNED")}</span></li>`)}</ul></section></aside></div>`)}`;
  }

  /** What the milestone earns: "2 of 5 parts of the interim payment". @param {any} project @param {any} it */
  earns(project, it) {
    const found = project.detail?.tranches.find((/** @type {any} */ one) => one.id === it.tranche);
    if (!found) return nothing;
    const all = project.detail.milestones.filter((/** @type {any} */ one) => one.tranche === it.tranche).reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + one.weight, 0);
    const grant = project.detail.grants.reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + Number(one.amount.amount), 0);
    return html`<p>${t("milestone.earns", { parts: t("proposal.parts", { of: number(it.weight), all: number(all) }), tranche: tranche(it.tranche), amount: money({ amount: (grant * Number(found.share) * it.weight / all).toFixed(2), currency: project.detail.currency }) })}</p>`;
  }

  /** The report while it is written. */
  reporting() {
    if (!this.report.form) return nothing;
    const form = this.report.form;
    return html`<section class="card no-print"><h2>${t("milestone.report")}</h2>${editing(this.report, html`
      ${long({ id: "report-text", label: t("milestone.text"), hint: t("milestone.text-hint"), value: form.text, max: TEXT, rows: 10, wrong: this.report.wrong("/text"), change: it => this.report.set("text", it) })}
      ${evidenceForm(this.report)}`, { button: t("milestone.report-button"), notice: html`<p class="small muted">${t("milestone.follows")}</p>` })}</section>`;
  }

  /** What was reported. @param {any} it */
  reported(it) {
    if (!it.text || (this.report.form && it.state === "PLANNED")) return nothing;
    return html`<section class="card"><h2>${t("milestone.reported")}</h2><p class="written">${it.text}</p>${it.evidence?.length ? html`<h3>${t("evidence.title")}</h3><koinon-evidence .evidence=${it.evidence}></koinon-evidence>` : html`<p class="muted">${t("evidence.none")}</p>`}
      ${it.reason ? html`<h3>${t("milestone.answer")}</h3><q>${it.reason}</q>` : nothing}</section>`;
  }

  /** The verifier's case. @param {any} project */
  verifying(project) {
    if (!this.may("milestone.verify")) {
      const why = project.detail?.nextActions.find((/** @type {any} */ it) => it.action === "milestone.verify" && it.subject === `milestone/${this.chosen()}`);
      return why ? html`<p class="muted">${t("milestone.waits-for-verifier")}</p>` : nothing;
    }
    const reason = { name: "reason", label: t("form.reason"), type: /** @type {const} */ ("long") };
    return html`<section class="card no-print"><h2>${t("milestone.verify")}</h2>
      <koinon-form .button=${t("milestone.verify-button")} .fields=${[{ name: "percent", label: t("milestone.percent"), type: "number", value: "100" }, { ...reason, hint: t("milestone.reason-hint") }]} .send=${(/** @type {any} */ { percent, ...more }) => this.command("verification", { achieved: percent === undefined ? undefined : Number((percent / 100).toFixed(4)), ...more })}></koinon-form>
      <details><summary>${t("milestone.return")}</summary><koinon-form .fields=${[{ ...reason, required: true }]} .button=${t("milestone.return")} .send=${(/** @type {any} */ body) => this.command("return", body)}></koinon-form></details></section>`;
  }

  /** A later day: asked for, agreed to, refused. @param {any} project @param {any} it */
  postponing(project, it) {
    const leads = mandates(this.me.data, "city-signatory").some(one => one.id === project.lead);
    const reason = [{ name: "reason", label: t("form.reason"), type: "long", required: true }];
    const decides = this.may("postponement.agree");
    const asked = it.postponement;
    if (asked) return html`<section class="card"><h2>${t("milestone.later")}</h2><p>${t("milestone.asked", { when: day(asked.due) })}</p><q>${asked.reason}</q>
      ${decides ? html`<koinon-form .fields=${[]} .button=${t("milestone.agree")} .send=${() => this.command("postponement/agreement")}></koinon-form><details><summary>${t("milestone.refuse")}</summary><koinon-form .fields=${reason} .button=${t("milestone.refuse")} .send=${(/** @type {any} */ body) => this.command("postponement/refusal", body)}></koinon-form></details>` : nothing}
      ${leads ? html`<details class="no-print"><summary>${t("milestone.take-back")}</summary><koinon-form .fields=${reason} .button=${t("milestone.take-back")} .send=${(/** @type {any} */ body) => this.command("postponement/withdrawal", body)}></koinon-form></details>` : nothing}</section>`;
    if (!leads || project.state !== "ACTIVE" || !["PLANNED", "RETURNED"].includes(it.state)) return nothing;
    return html`<section class="card no-print"><h2>${t("milestone.later")}</h2><details><summary>${t("milestone.ask")}</summary><koinon-form .fields=${[{ name: "due", label: t("milestone.new-day"), type: "date", required: true }, ...reason]} .button=${t("milestone.ask")} .send=${(/** @type {any} */ body) => this.command("postponement", body)}></koinon-form></details></section>`;
  }
}

customElements.define("page-milestone", Milestone);
