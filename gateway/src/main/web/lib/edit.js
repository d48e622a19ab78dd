import { ApiProblem, send } from "./api.js";
import { speech } from "./words.js";

/** @typedef {import("lit").ReactiveControllerHost} Host */
/** What a form holds, by the name of the field. @typedef {Record<string, any>} Form */
/** What is kept of a form that is not saved, and the language in which it was typed. @typedef {{version: number, base: Form, form: Form, at: number, language: string}} Copy */

/** What is kept longer is thrown away. */
const KEPT = 30 * 864e5;
const KEEPS_AFTER = 500;
const same = (/** @type {unknown} */ a, /** @type {unknown} */ b) => JSON.stringify(a) === JSON.stringify(b);

/** One part of a document that somebody writes. What is typed is kept on this computer until it is saved; what somebody
 * else saves meanwhile is taken over where it does not contradict, and shown beside it where it does. */
export class Edit {
  /** @param {Host & Element} host
   * @param {{path: () => string, stored: () => any, reload: () => Promise<unknown>, owner: () => string, toForm: (stored: any) => Form, toBody: (form: Form) => any, retype?: (form: Form, language: string) => Form, method?: "PUT" | "POST"}} of
   *   path of the part, empty while there is none; stored: the part as it was read last, with its version; owner: who types;
   *   retype: as it would have been typed in the language of the page */
  constructor(host, of) {
    this.host = host;
    this.of = of;
    /** @type {Form | null} */
    this.form = null;
    /** What the form began with. @type {Form} */
    this.base = {};
    this.version = 0;
    this.changed = false;
    /** When what is in the form was typed, if it comes from this computer; 0 otherwise. */
    this.restored = 0;
    /** What somebody else has saved in fields that were changed here, too. @type {Form | null} */
    this.theirs = null;
    /** @type {ApiProblem | null} */
    this.problem = null;
    this.busy = false;
    /** What was typed in a part that cannot be written any more. @type {Form | null} */
    this.stranded = null;
    /** When it was saved here. */
    this.saved = 0;
    this.timer = 0;
    this.read = "";
    host.addController(this);
  }

  hostDisconnected() {
    if (this.timer) this.keep();
  }

  hostUpdate() {
    const path = this.of.path();
    if (path !== this.read) this.keep();
    if (path !== this.read) Object.assign(this, { stranded: !path && this.changed ? this.form : null, read: path, form: null, changed: false, restored: 0, theirs: null, problem: null, saved: 0 });
    const stored = this.of.stored();
    if (!path || !stored || this.busy) return;
    if (this.form === null) this.begin(stored);
    else if (stored.version !== this.version) this.meet(stored);
  }

  /** @param {any} stored */
  begin(stored) {
    this.base = this.of.toForm(stored);
    this.form = structuredClone(this.base);
    this.version = stored.version;
    const copy = this.copy();
    if (!copy || same(copy.form, this.base)) return;
    const { retype } = this.of;
    const form = retype && copy.language !== speech.language ? retype(copy.form, copy.language) : copy.form;
    Object.assign(this, { form, base: copy.base, version: copy.version, changed: true, restored: copy.at });
    if (copy.version !== stored.version) this.meet(stored);
  }

  /** Somebody else has saved the part. @param {any} stored */
  meet(stored) {
    const theirs = this.of.toForm(stored);
    /** @type {Form} */
    const against = {};
    const form = /** @type {Form} */ (this.form);
    for (const name of Object.keys(theirs)) {
      if (same(form[name], this.base[name])) form[name] = structuredClone(theirs[name]);
      else if (!same(theirs[name], this.base[name]) && !same(theirs[name], form[name])) against[name] = theirs[name];
    }
    this.theirs = Object.keys(against).length ? { ...this.theirs, ...against } : this.theirs;
    this.base = theirs;
    this.version = stored.version;
    this.changed = !same(form, theirs);
    if (this.changed) return;
    this.restored = 0;
    this.forget();
  }

  /** What was typed is in the form at once, and on this computer soon. @param {string} name @param {any} value */
  set(name, value) {
    /** @type {Form} */ (this.form)[name] = value;
    this.changed = true;
    this.saved = 0;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), KEEPS_AFTER);
    this.host.requestUpdate();
  }

  /** Takes what somebody else has saved in a field. @param {string} name */
  take(name) {
    const { [name]: theirs, ...rest } = /** @type {Form} */ (this.theirs);
    this.theirs = Object.keys(rest).length ? rest : null;
    this.set(name, structuredClone(theirs));
  }

  /** Goes back to what is saved. */
  throwAway() {
    this.forget();
    Object.assign(this, { form: structuredClone(this.base), changed: false, restored: 0, theirs: null, problem: null });
    this.host.requestUpdate();
  }

  body() {
    return this.of.toBody(/** @type {Form} */ (this.form));
  }

  /** @param {boolean} [again] after somebody else's change that does not contradict
   * @returns {Promise<boolean>} whether it was saved */
  async save(again = false) {
    if (this.busy || !this.form) return false;
    const sent = structuredClone(this.form);
    const { read } = this;
    this.busy = true;
    this.host.requestUpdate();
    let saved = true;
    try {
      await send(this.of.method ?? "PUT", read, this.of.toBody(sent), this.version);
      Object.assign(this, { problem: null, theirs: null, restored: 0, base: sent });
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause;
      saved = false;
      this.problem = cause.problem.status === 412 ? null : cause;
      this.keep();
    }
    // After a report the part may be gone: its copy, too.
    if (saved && same(this.form, sent)) {
      this.changed = false;
      this.forget();
    }
    if (saved || !this.problem) await this.of.reload();
    this.busy = false;
    if (saved && this.read === read) this.saved = Date.now();
    this.host.requestUpdate();
    if (saved || this.problem || this.theirs || again) return saved;
    const stored = this.of.stored();
    if (stored && this.form && stored.version !== this.version) this.meet(stored);
    return this.theirs ? false : this.save(true);
  }

  /** The violations of the last answer at a place of the body. @param {string} pointer @returns {any[]} sentences */
  wrong(pointer) {
    const all = /** @type {any} */ (this.problem?.problem)?.violations ?? [];
    return all.filter((/** @type {any} */ it) => it.pointer === pointer || it.pointer.startsWith(`${pointer}/`)).map((/** @type {any} */ it) => it.sentence);
  }

  key() {
    return this.of.owner() && this.read ? `koinon-copy ${this.of.owner()} ${this.read}` : "";
  }

  keep() {
    clearTimeout(this.timer);
    this.timer = 0;
    const key = this.key();
    if (!key || !this.changed || !this.form) return;
    try {
      localStorage.setItem(key, JSON.stringify({ version: this.version, base: this.base, form: this.form, at: Date.now(), language: speech.language }));
    } catch {
      // The browser has no room. What was typed is still in the form.
    }
  }

  forget() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.key()) localStorage.removeItem(this.key());
  }

  /** @returns {Copy | null} */
  copy() {
    const text = this.key() ? localStorage.getItem(this.key()) : null;
    if (!text) return null;
    const copy = JSON.parse(text);
    if (Date.now() - copy.at < KEPT) return copy;
    this.forget();
    return null;
  }
}
