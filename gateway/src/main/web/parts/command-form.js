import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { ApiProblem } from "../lib/api.js";
import { isoDay, typedDay } from "../lib/entry.js";
import { Part } from "../lib/part.js";
import { has, sentence, t } from "../lib/words.js";
import { loginAddress, reason, settled } from "./states.js";

/** One field: its name is the JSON pointer of its value in the body, without the first slash.
 * @typedef {{name: string, label: string, type?: "text" | "long" | "date" | "datetime-local" | "number" | "choice" | "check" | "hidden", required?: boolean, value?: string, hint?: string, choices?: [string, string][]}} Field */

/** A form of one command. What was typed stays until the command has succeeded; each violation stands at its field. */
class CommandForm extends Part {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { fields: { attribute: false }, button: { attribute: false }, minor: { attribute: false }, send: { attribute: false }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    /** @type {Field[]} */
    this.fields = [];
    this.button = "";
    /** Whether something else is the main thing to do. */
    this.minor = false;
    /** Sends the command. @type {(body: any) => Promise<void>} */
    this.send = async () => {};
    /** @type {ApiProblem | null} */
    this.problem = null;
    this.busy = false;
    this.group = `form-${(CommandForm.count += 1)}`;
  }

  static count = 0;

  /** @param {SubmitEvent} event */
  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    const form = /** @type {HTMLFormElement} */ (event.target);
    const sent = new FormData(form);
    this.busy = true;
    let done = false;
    try {
      await this.send(body(this.fields, sent));
      this.problem = null;
      // What was typed meanwhile stays.
      if (String([...new FormData(form)]) === String([...sent])) form.reset();
      done = true;
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause;
      this.problem = cause;
    } finally {
      this.busy = false;
    }
    await this.updateComplete;
    if (done) return settled();
    /** @type {HTMLElement | null} */ (this.querySelector("[aria-invalid=true]") ?? this.querySelector("[role=alert]"))?.focus();
  }

  /** @returns {{pointer: string, sentence: any}[]} */
  violations() {
    return /** @type {any} */ (this.problem?.problem)?.violations ?? [];
  }

  render() {
    const known = new Set(this.fields.map(it => `/${it.name}`));
    const others = this.violations().filter(it => !known.has(it.pointer));
    return html`<form class="stack" novalidate @submit=${this.submit}>
      ${this.fields.map(it => this.field(it))}
      ${this.problem && (others.length || !this.violations().length) ? html`<div class="problem" role="alert" tabindex="-1">${others.length ? others.map(it => html`<p>${sentence(it.sentence)}</p>`) : html`<p>${said(this.problem)}</p>`}${this.problem.problem.status === 401 ? html`<p>${t("form.log-in-beside")} <a href=${loginAddress()} target="_blank">${t("login")}</a></p>` : nothing}</div>` : nothing}
      <p><button class="button ${this.minor ? "" : "main"}" aria-disabled=${this.busy}>${this.button}</button></p></form>`;
  }

  /** @param {Field} it */
  field(it) {
    if (it.type === "hidden") return html`<input type="hidden" name=${it.name} value=${it.value ?? ""}>`;
    const wrong = this.violations().filter(one => one.pointer === `/${it.name}`);
    const id = `${this.group}-${it.name.replaceAll("/", "-")}`;
    if (it.type === "check") return html`<div class="form-field"><label class="row"><input type="checkbox" name=${it.name} value="true" aria-invalid=${wrong.length ? "true" : nothing} aria-describedby=${wrong.length ? `${id}-wrong` : nothing}> ${it.label}</label>
      ${wrong.length ? html`<p class="wrong small" id=${`${id}-wrong`}>${wrong.map(one => sentence(one.sentence)).join(" ")}</p>` : nothing}</div>`;
    const said = [it.hint ? `${id}-hint` : "", wrong.length ? `${id}-wrong` : ""].filter(Boolean).join(" ") || nothing;
    const invalid = wrong.length ? "true" : nothing;
    if (it.type === "date") return this.day(it, id, said, wrong);
    const control = it.type === "long"
      ? html`<textarea class="field" rows="4" id=${id} name=${it.name} aria-required=${it.required ? "true" : nothing} aria-invalid=${invalid} aria-describedby=${said} .defaultValue=${it.value ?? ""}></textarea>`
      : it.type === "choice"
        ? html`<select class="field" id=${id} name=${it.name} aria-required=${it.required ? "true" : nothing} aria-invalid=${invalid} aria-describedby=${said}>${it.required && (it.choices ?? []).length === 1 ? nothing : html`<option value="">–</option>`}${repeat(it.choices ?? [], ([value]) => value, ([value, label]) => html`<option value=${value} ?selected=${value === it.value}>${label}</option>`)}</select>`
        : html`<input class="field" id=${id} type=${it.type ?? "text"} min=${it.type === "number" ? "0" : nothing} name=${it.name} aria-required=${it.required ? "true" : nothing} aria-invalid=${invalid} aria-describedby=${said} .defaultValue=${it.value ?? ""}>`;
    return html`<div class="form-field"><label for=${id}>${it.label}${it.required || it.type === "number" ? nothing : html` <span class="muted">(${t("form.optional")})</span>`}</label>${control}
      ${it.hint ? html`<p class="small muted" id=${`${id}-hint`}>${it.hint}</p>` : nothing}
      ${wrong.length ? html`<p class="wrong small" id=${`${id}-wrong`}>${wrong.map(one => sentence(one.sentence)).join(" ")}</p>` : nothing}</div>`;
  }

  /** A day in three fields. @param {Field} it @param {string} id @param {unknown} said @param {any[]} wrong */
  day(it, id, said, wrong) {
    const day = typedDay(it.value);
    const one = (/** @type {"d" | "m" | "y"} */ name, /** @type {string} */ label, /** @type {string} */ end, /** @type {string} */ size) => html`<label class="small" for=${id + end}>${label}
      <input class="field ${size}" id=${id + end} name=${`${it.name}.${name}`} inputmode=${name === "m" ? nothing : "numeric"} aria-required=${it.required ? "true" : nothing} aria-invalid=${wrong.length && name === "d" ? "true" : nothing} .defaultValue=${day[name]}></label>`;
    return html`<fieldset class="form-field" aria-describedby=${said}><legend>${it.label}${it.required ? nothing : html` <span class="muted">(${t("form.optional")})</span>`}</legend>
      <div class="day">${one("d", t("form.day"), "", "two-signs")}${one("m", t("form.month"), "-month", "month-sign")}${one("y", t("form.year"), "-year", "four-signs")}</div>
      ${it.hint ? html`<p class="small muted" id=${`${id}-hint`}>${it.hint}</p>` : nothing}
      ${wrong.length ? html`<p class="wrong small" id=${`${id}-wrong`}>${wrong.map(each => sentence(each.sentence)).join(" ")}</p>` : nothing}</fieldset>`;
  }
}

/** What was typed in a field. @param {Field} field @param {FormData} form @returns {string} */
function typed({ name, type }, form) {
  const of = (/** @type {string} */ one) => String(form.get(one) ?? "");
  if (type === "date") return isoDay({ d: of(`${name}.d`), m: of(`${name}.m`), y: of(`${name}.y`) }) ?? "";
  return of(name).replaceAll("\r\n", "\n");
}

/** The body of a command: what is empty is left out.
 * @param {Field[]} fields @param {FormData} form */
export function body(fields, form) {
  /** @type {any} */
  const result = {};
  for (const field of fields) {
    const { name, type, required } = field;
    const value = typed(field, form);
    if (!value.trim() && !required) continue;
    const path = name.split("/");
    let at = result;
    // What is required is missed at its own place, and not at that of the object around it.
    for (const part of path.slice(0, -1)) at = at[part] ??= {};
    if (value.trim()) at[path[path.length - 1]] = type === "number" ? Number(value) : type === "check" ? true : value;
  }
  return result;
}

/** What a refusal says; a page has its own words where nothing was refused. @param {ApiProblem} it */
export function said(it) {
  const { key, values, text, detail, status } = /** @type {any} */ ({ ...it.problem, .../** @type {any} */ (it.problem).sentence });
  if (key && (has(`sentence.${key}`) || [403, 409, 412, 422].includes(status))) return sentence({ key, values, text: text ?? detail ?? "" });
  return status === 0 ? t("form.no-connection") : status === 503 ? t("form.away") : reason(it);
}

customElements.define("koinon-form", CommandForm);
