import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { decimal, isAmount } from "../lib/entry.js";
import { money, sentence, speech, t } from "../lib/words.js";

/** What all fields have: an id in the page, a label, what helps, and what is wrong with the value.
 * @typedef {{id: string, label: string, hint?: string, wrong?: any[], theirs?: unknown, optional?: boolean}} Field */

/** @param {Field} it */
const about = it => [it.hint ? `${it.id}-hint` : "", it.wrong?.length ? `${it.id}-wrong` : ""].filter(Boolean).join(" ") || nothing;

/** @param {Field} it */
const invalid = it => (it.wrong?.length ? "true" : nothing);

/** What stands before the control, in the order in which it is read. @param {Field} it */
const said = it => html`${it.hint ? html`<p class="small muted" id=${`${it.id}-hint`}>${it.hint}</p>` : nothing}
  ${it.wrong?.length ? html`<p class="wrong" id=${`${it.id}-wrong`}>${it.wrong.map(one => sentence(one)).join(" ")}</p>` : nothing}`;

/** @param {Field} it @param {unknown} control */
const labelled = (it, control) => html`<div class="form-field ${it.wrong?.length ? "is-wrong" : ""}"><label for=${it.id}>${it.label}${it.optional ? html` <span class="muted">(${t("form.optional")})</span>` : nothing}</label>${said(it)}${control}${it.theirs ?? nothing}</div>`;

/** One line. @param {Field & {value: string, change: (value: string) => void}} it */
export const line = it => labelled(it, html`<input class="field" id=${it.id} .value=${it.value} aria-invalid=${invalid(it)} aria-describedby=${about(it)} @input=${(/** @type {any} */ event) => it.change(event.target.value)}>`);

/** A text of several lines, with how many characters are left when it becomes long.
 * @param {Field & {value: string, max: number, rows?: number, change: (value: string) => void}} it */
export function long(it) {
  const left = it.max - [...it.value].length;
  return labelled(it, html`<textarea class="field" rows=${it.rows ?? 6} id=${it.id} .value=${it.value} aria-invalid=${invalid(it)} aria-describedby=${about(it)} @input=${(/** @type {any} */ event) => it.change(event.target.value)}></textarea>
    ${left < it.max / 5 ? html`<p class="small ${left < 0 ? "wrong" : "muted"}" role="status">${left < 0 ? t("form.too-long", { n: -left }) : t("form.left", { n: left })}</p>` : nothing}`);
}

/** One of some values. @param {Field & {value: string, choices: [string, string][], none?: string, change: (value: string) => void}} it */
export const choice = it => labelled(it, html`<select class="field" id=${it.id} aria-invalid=${invalid(it)} aria-describedby=${about(it)} @change=${(/** @type {any} */ event) => it.change(event.target.value)}>
  ${it.none === undefined ? nothing : html`<option value="" .selected=${live(!it.value)}>${it.none}</option>`}${repeat(it.choices, ([value]) => value, ([value, label]) => html`<option value=${value} .selected=${live(value === it.value)}>${label}</option>`)}</select>`);

/** Some of some values. @param {Field & {values: string[], choices: [string, string][], isNamed?: boolean, change: (values: string[]) => void}} it isNamed: what stands around it shows its name already */
export const several = it => html`<fieldset class="form-field" id=${it.id} tabindex="-1" aria-describedby=${about(it)}><legend class=${it.isNamed ? "visually-hidden" : ""}>${it.label}</legend>${said(it)}<div class="choices">${it.choices.map(([value, label]) => html`
  <label class="row"><input type="checkbox" .checked=${it.values.includes(value)} @change=${(/** @type {any} */ event) => it.change(it.choices.map(one => one[0]).filter(one => one === value ? event.target.checked : it.values.includes(one)))}> <span>${label}</span></label>`)}</div>${it.theirs ?? nothing}</fieldset>`;

/** A day in three fields: a browser's own field follows the browser's language, and not that of the page.
 * @param {Field & {value: import("../lib/entry.js").TypedDay, change: (value: import("../lib/entry.js").TypedDay) => void}} it */
export function dayField(it) {
  const one = (/** @type {"d" | "m" | "y"} */ name, /** @type {string} */ label, /** @type {string} */ id, /** @type {string} */ size) => html`<label class="small" for=${id}>${label}
    <input class="field ${size}" id=${id} inputmode=${name === "m" ? nothing : "numeric"} .value=${it.value[name]} aria-invalid=${invalid(it)} @input=${(/** @type {any} */ event) => it.change({ ...it.value, [name]: event.target.value })}></label>`;
  return html`<fieldset class="form-field ${it.wrong?.length ? "is-wrong" : ""}" aria-describedby=${about(it)}><legend>${it.label}${it.optional ? html` <span class="muted">(${t("form.optional")})</span>` : nothing}</legend>${said(it)}
    <div class="day">${one("d", t("form.day"), it.id, "two-signs")}${one("m", t("form.month"), `${it.id}-month`, "month-sign")}${one("y", t("form.year"), `${it.id}-year`, "four-signs")}</div>${it.theirs ?? nothing}</fieldset>`;
}

/** An amount, with what was understood. @param {Field & {value: string, currency: string, change: (value: string) => void}} it */
export function amount(it) {
  const understood = decimal(it.value);
  return labelled(it, html`<input class="field amount" id=${it.id} inputmode="decimal" autocomplete="off" .value=${it.value} aria-invalid=${invalid(it)} aria-describedby=${about(it)} @input=${(/** @type {any} */ event) => it.change(event.target.value)}>
    <p class="small muted" role="status">${isAmount(understood) ? t("form.understood", { amount: money({ amount: understood, currency: it.currency }) }) : it.value.trim() ? t("form.no-amount", { example: new Intl.NumberFormat(speech.locale, { minimumFractionDigits: 2 }).format(12000.5) }) : it.currency}</p>`);
}

/** A whole number. @param {Field & {value: string, change: (value: string) => void}} it */
export const count = it => labelled(it, html`<input class="field two-signs" id=${it.id} inputmode="numeric" .value=${it.value} aria-invalid=${invalid(it)} aria-describedby=${about(it)} @input=${(/** @type {any} */ event) => it.change(event.target.value)}>`);

/** Where what somebody else has saved differs: it stands beside what is typed here.
 * @param {import("../lib/edit.js").Edit} edit @param {string} name @param {(value: any) => unknown} show */
export function others(edit, name, show) {
  if (!edit.theirs || !(name in edit.theirs)) return nothing;
  return html`<div class="theirs"><p class="small"><strong>${t("form.theirs")}</strong></p><div class="small">${show(edit.theirs[name])}</div>
    <p><button type="button" class="button" @click=${() => edit.take(name)}>${t("form.take-theirs")}</button></p></div>`;
}

