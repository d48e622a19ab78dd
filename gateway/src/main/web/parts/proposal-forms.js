import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { decimal, isAmount } from "../lib/entry.js";
import { listed } from "../lib/plan-forms.js";
import { clock, moment, money, number, share, t, tranche } from "../lib/words.js";
import { amount, choice, count, dayField, line, long, others, several } from "./fields.js";
import { said } from "./command-form.js";
import { loginAddress, settled } from "./states.js";

/** @typedef {import("../lib/edit.js").Edit} Edit */

const TEXT = 10_000;
const GOALS = Array.from({ length: 17 }, (_, i) => String(i + 1));

/** What is so around a form: what was restored, what others have saved, what was refused, and the button that saves.
 * @param {Edit} edit @param {unknown} fields @param {{button?: string, notice?: unknown}} [more] */
export function editing(edit, fields, more = {}) {
  const violations = /** @type {any} */ (edit.problem?.problem)?.violations ?? [];
  return html`<form class="stack editing" novalidate @submit=${(/** @type {Event} */ event) => save(event, edit)}>
    ${more.notice ?? nothing}
    ${edit.restored ? html`<div class="problem row apart" role="status"><span>${t("form.restored", { when: moment(edit.restored) })}</span> <button type="button" class="button" @click=${() => edit.throwAway()}>${t("form.throw-away")}</button></div>` : nothing}
    ${edit.theirs ? html`<div class="problem" role="alert">${t("form.conflict")}</div>` : nothing}
    ${edit.problem ? html`<div class="problem stack" role="alert" tabindex="-1" id="refused">${violations.length ? html`<p>${t("form.violations", { n: violations.length })}</p>` : html`<p>${edit.problem.problem.status === 401 ? t("form.logged-out") : said(edit.problem)}</p>`}
      ${edit.problem.problem.status === 401 ? html`<p><a class="button main" href=${loginAddress()}>${t("login")}</a></p>` : nothing}</div>` : nothing}
    ${fields}
    <div class="row save"><button class="button main" aria-disabled=${edit.busy}>${edit.busy ? t("form.saving") : more.button ?? t("form.save")}</button>
      <span class="small muted" role="status">${edit.saved ? t("form.saved", { time: clock(edit.saved) }) : edit.changed ? t("form.not-saved") : nothing}</span></div></form>`;
}

/** @param {Event} event @param {Edit} edit */
async function save(event, edit) {
  event.preventDefault();
  const form = /** @type {HTMLElement} */ (event.currentTarget);
  const saved = await edit.save();
  await /** @type {any} */ (edit.host).updateComplete;
  if (saved) return form.isConnected ? undefined : settled();
  /** @type {HTMLElement | null} */ (form.querySelector("[aria-invalid=true], #refused"))?.focus();
}

/** Removes an entry of a list: one, also with a double click. The focus goes to the list. @param {MouseEvent} event @param {() => void} remove */
export function removed(event, remove) {
  if (event.detail > 1) return;
  const list = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("fieldset.stack"));
  remove();
  list?.focus();
}

/** What the cities want to do. @param {Edit} edit @param {any} call */
export function summaryForm(edit, call) {
  const form = /** @type {any} */ (edit.form);
  const change = (/** @type {string} */ name) => (/** @type {any} */ value) => edit.set(name, value);
  const themes = call?.terms?.themes ?? [];
  const own = listed(form.themes).filter(it => !themes.includes(it));
  return html`${line({ id: "about-title", label: t("proposal.title"), value: form.title, wrong: edit.wrong("/title"), change: change("title"), theirs: others(edit, "title", it => it) })}
    ${long({ id: "about-summary", label: t("proposal.summary"), hint: t("proposal.summary-hint"), value: form.summary, max: TEXT, rows: 8, wrong: edit.wrong("/summary"), change: change("summary"), theirs: others(edit, "summary", it => it) })}
    <div class="two-up">${dayField({ id: "about-startsOn", label: t("proposal.starts"), value: form.startsOn, wrong: edit.wrong("/startsOn"), change: change("startsOn"), theirs: others(edit, "startsOn", typed) })}
      ${dayField({ id: "about-endsOn", label: t("proposal.ends"), value: form.endsOn, wrong: edit.wrong("/endsOn"), change: change("endsOn"), theirs: others(edit, "endsOn", typed) })}</div>
    ${themes.length ? several({ id: "about-themes", label: t("proposal.themes"), values: listed(form.themes), choices: [...themes, ...own].map(it => [it, it]), wrong: edit.wrong("/themes"), change: it => edit.set("themes", it.join(", ")), theirs: others(edit, "themes", it => it) })
      : line({ id: "about-themes", label: t("proposal.themes"), hint: t("proposal.themes-hint"), value: form.themes, optional: true, wrong: edit.wrong("/themes"), change: change("themes"), theirs: others(edit, "themes", it => it) })}
    <details ?open=${form.sdgs.length > 0}><summary>${t("proposal.sdgs", { n: form.sdgs.length })}</summary>${several({ id: "about-sdgs", label: t("proposal.sdgs-label"), isNamed: true, values: form.sdgs, choices: GOALS.map(it => [it, `${it}. ${t(`sdg.${it}`)}`]), wrong: edit.wrong("/sdgs"), change: change("sdgs"), theirs: others(edit, "sdgs", it => it.join(", ")) })}</details>`;
}

/** @param {import("../lib/entry.js").TypedDay} it */
const typed = it => `${it.d}. ${it.m}. ${it.y}`;

/** What a city asks for, brings and does. @param {Edit} edit @param {string} currency */
export function partForm(edit, currency) {
  const form = /** @type {any} */ (edit.form);
  const set = (/** @type {number} */ i, /** @type {any} */ one) => edit.set("contributions", form.contributions.map((/** @type {any} */ it, /** @type {number} */ n) => n === i ? { ...it, ...one } : it));
  return html`${amount({ id: "part-grant", label: t("proposal.grant"), value: form.grant, currency, wrong: edit.wrong("/grant"), change: it => edit.set("grant", it), theirs: others(edit, "grant", it => it) })}
    ${amount({ id: "part-overhead", label: t("proposal.overhead"), hint: t("proposal.overhead-hint"), value: form.overhead, currency, wrong: edit.wrong("/overhead"), change: it => edit.set("overhead", it), theirs: others(edit, "overhead", it => it) })}
    <fieldset class="stack" id="part-contributions" tabindex="-1"><legend><h3>${t("proposal.contributions")}</h3></legend>
      ${form.contributions.map((/** @type {any} */ one, /** @type {number} */ i) => html`<fieldset class="entry"><legend class="visually-hidden">${t("proposal.contribution", { n: i + 1 })}</legend>
        ${line({ id: `part-source-${i}`, label: t("proposal.source"), value: one.source, wrong: edit.wrong(`/contributions/${i}/source`), change: it => set(i, { source: it }) })}
        <div class="two-up">${choice({ id: `part-kind-${i}`, label: t("proposal.kind"), value: one.kind, choices: [["cash", t("proposal.cash")], ["in-kind", t("proposal.in-kind")]], wrong: edit.wrong(`/contributions/${i}/kind`), change: it => set(i, { kind: it }) })}
        ${amount({ id: `part-amount-${i}`, label: t("proposal.amount"), value: one.amount, currency, wrong: edit.wrong(`/contributions/${i}/amount`), change: it => set(i, { amount: it }) })}</div>
        ${one.kind === "in-kind" ? line({ id: `part-valuedBy-${i}`, label: t("proposal.valued-by"), value: one.valuedBy, wrong: edit.wrong(`/contributions/${i}/valuedBy`), change: it => set(i, { valuedBy: it }) }) : nothing}
        <p><button type="button" class="button" @click=${(/** @type {MouseEvent} */ event) => removed(event, () => edit.set("contributions", form.contributions.filter((/** @type {any} */ _, /** @type {number} */ n) => n !== i)))}>${t("proposal.remove-contribution")}</button></p></fieldset>`)}
      ${others(edit, "contributions", it => it.map((/** @type {any} */ one) => html`<p>${one.source}: ${one.amount} ${currency}</p>`))}
      <p><button type="button" class="button" @click=${() => edit.set("contributions", [...form.contributions, { source: "", kind: "cash", valuedBy: "", amount: "" }])}>${t("proposal.add-contribution")}</button></p></fieldset>
    ${brings(form, currency)}
    ${long({ id: "part-tasks", label: t("proposal.tasks"), hint: t("proposal.tasks-hint"), value: form.tasks, max: TEXT, rows: 8, wrong: edit.wrong("/tasks"), change: it => edit.set("tasks", it), theirs: others(edit, "tasks", it => it) })}`;
}

/** What a city brings, in all and as a share of its budget. @param {any} form @param {string} currency */
function brings(form, currency) {
  const of = (/** @type {string} */ it) => isAmount(decimal(it)) ? Number(decimal(it)) : 0;
  const own = form.contributions.reduce((/** @type {number} */ sum, /** @type {any} */ it) => sum + of(it.amount), 0);
  const all = own + of(form.grant);
  return all ? html`<p>${t("proposal.brings", { amount: money({ amount: own.toFixed(2), currency }), budget: money({ amount: all.toFixed(2), currency }), share: share(own / all) })}</p>` : nothing;
}

/** The milestones, and what each earns. @param {Edit} edit @param {any} call @param {any} grant the total that is asked for, if the reader may know it */
export function planForm(edit, call, grant) {
  const form = /** @type {any} */ (edit.form);
  const earning = (call?.terms?.tranches ?? []).filter((/** @type {any} */ it) => it.waitsFor === "milestones");
  const set = (/** @type {number} */ i, /** @type {any} */ one) => edit.set("milestones", form.milestones.map((/** @type {any} */ it, /** @type {number} */ n) => n === i ? { ...it, ...one } : it));
  return html`<fieldset class="stack" id="plan-milestones" tabindex="-1"><legend class="visually-hidden">${t("proposal.milestones")}</legend>
    ${repeat(form.milestones, (/** @type {any} */ one) => one.id, (/** @type {any} */ one, /** @type {number} */ i) => html`<fieldset class="entry"><legend><h3>${one.title || t("proposal.milestone", { n: i + 1 })}</h3></legend>
      ${line({ id: `plan-title-${i}`, label: t("proposal.milestone-title"), value: one.title, wrong: [...edit.wrong(`/milestones/${i}/title`), ...edit.wrong(`/milestones/${i}/id`)], change: it => set(i, { title: it }) })}
      ${dayField({ id: `plan-due-${i}`, label: t("proposal.due"), value: one.due, wrong: edit.wrong(`/milestones/${i}/due`), change: it => set(i, { due: it }) })}
      ${earning.length ? html`<div class="two-up">${choice({ id: `plan-tranche-${i}`, label: t("proposal.earns"), value: one.tranche, none: t("proposal.earns-none"), choices: earning.map((/** @type {any} */ it) => [it.id, tranche(it.id)]), wrong: edit.wrong(`/milestones/${i}/tranche`), change: it => set(i, { tranche: it }) })}
        ${one.tranche ? count({ id: `plan-weight-${i}`, label: t("proposal.weight"), value: one.weight, wrong: edit.wrong(`/milestones/${i}/weight`), change: it => set(i, { weight: it }) }) : nothing}</div>
        ${earns(one, form.milestones, earning, grant)}` : nothing}
      <p><button type="button" class="button" @click=${(/** @type {MouseEvent} */ event) => removed(event, () => edit.set("milestones", form.milestones.filter((/** @type {any} */ _, /** @type {number} */ n) => n !== i)))}>${t("proposal.remove-milestone")}</button></p></fieldset>`)}
    ${others(edit, "milestones", it => html`<ol>${it.map((/** @type {any} */ one) => html`<li>${one.title}, ${typed(one.due)}${one.tranche ? `, ${tranche(one.tranche)}` : ""}</li>`)}</ol>`)}
    <p><button type="button" class="button" id="plan-add" @click=${() => edit.set("milestones", [...form.milestones, { id: `m-${crypto.randomUUID().slice(0, 8)}`, title: "", due: { d: "", m: "", y: "" }, tranche: "", weight: "1" }])}>${t("proposal.add-milestone")}</button></p></fieldset>`;
}

/** "2 of 5 parts = USD 14,400". @param {any} one @param {any[]} all @param {any[]} earning tranches @param {any} grant */
function earns(one, all, earning, grant) {
  const of = (/** @type {any} */ it) => (/^\d+$/.test(it.weight.trim()) ? Number(it.weight) : 0);
  const whole = all.filter(it => it.tranche === one.tranche).reduce((sum, it) => sum + of(it), 0);
  const found = earning.find(it => it.id === one.tranche);
  if (!found || !whole || !of(one)) return nothing;
  const parts = t("proposal.parts", { of: number(of(one)), all: number(whole) });
  return html`<p class="small">${grant ? t("proposal.parts-earn", { parts, amount: money({ amount: (Number(grant.amount) * Number(found.share) * of(one) / whole).toFixed(2), currency: grant.currency }) }) : parts}</p>`;
}

