import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Part } from "../lib/part.js";
import { sentence, t } from "../lib/words.js";
import { line } from "./fields.js";
import { removed } from "./proposal-forms.js";

/** One piece of evidence; while it is written, with a key of its own.
 * @typedef {{key?: string, title: string, link: string, checksum?: string, mediaType?: string}} Evidence */

/** The checksum of a file, computed on this computer: the file goes nowhere. @param {File} file */
async function checksum(file) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...digest].map(it => it.toString(16).padStart(2, "0")).join("");
}

const MOST = 20;

/** The evidence of a report, while it is written. @param {import("../lib/edit.js").Edit} edit */
export function evidenceForm(edit) {
  const all = /** @type {Evidence[]} */ (edit.form?.evidence ?? []);
  const set = (/** @type {number} */ i, /** @type {Partial<Evidence>} */ one) => edit.set("evidence", (/** @type {any} */ (edit.form)).evidence.map((/** @type {Evidence} */ it, /** @type {number} */ n) => n === i ? { ...it, ...one } : it));
  const choose = async (/** @type {string | undefined} */ key, /** @type {File | undefined} */ file) => {
    const known = file && await checksum(file).catch(() => "");
    // Meanwhile it may have been removed, or named.
    const now = /** @type {Evidence[]} */ (edit.form?.evidence ?? []);
    const i = now.findIndex(it => it.key === key);
    if (file && i >= 0) set(i, { ...(known ? { checksum: known } : {}), ...(file.type ? { mediaType: file.type } : {}), ...(now[i].title ? {} : { title: file.name }) });
  };
  return html`<fieldset class="stack" id="report-evidence" tabindex="-1"><legend><h3>${t("evidence.title")}</h3></legend><p class="small muted">${t("evidence.note")}</p>
    ${repeat(all, it => it.key, (it, i) => html`<fieldset class="entry"><legend class="visually-hidden">${t("evidence.number", { n: i + 1 })}</legend>
      ${line({ id: `evidence-title-${i}`, label: t("evidence.name"), value: it.title, wrong: edit.wrong(`/evidence/${i}/title`), change: title => set(i, { title }) })}
      ${line({ id: `evidence-link-${i}`, label: t("evidence.link"), hint: t("evidence.link-hint"), value: it.link, wrong: edit.wrong(`/evidence/${i}/link`), change: link => set(i, { link }) })}
      <div class="form-field"><label for=${`evidence-file-${i}`}>${t("evidence.file")} <span class="muted">(${t("form.optional")})</span></label><p class="small muted">${t("evidence.file-hint")}</p>
        <input type="file" class="field" id=${`evidence-file-${i}`} @change=${(/** @type {any} */ event) => choose(it.key, event.target.files[0])}>
        ${it.checksum ? html`<p class="small" role="status">${t("evidence.checksum")} <code class="sum">${it.checksum}</code></p>` : nothing}
        ${[...edit.wrong(`/evidence/${i}/checksum`), ...edit.wrong(`/evidence/${i}/mediaType`)].map(one => html`<p class="wrong">${sentence(one)}</p>`)}</div>
      <p><button type="button" class="button" @click=${(/** @type {MouseEvent} */ event) => removed(event, () => edit.set("evidence", all.filter((_, n) => n !== i)))}>${t("evidence.remove")}</button></p></fieldset>`)}
    ${all.length < MOST ? html`<p><button type="button" class="button" @click=${() => edit.set("evidence", [...all, { key: crypto.randomUUID(), title: "", link: "" }])}>${t("evidence.add")}</button></p>` : nothing}</fieldset>`;
}

/** Evidence as it was given, with the means to compare a file. */
class EvidenceList extends Part {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { evidence: { attribute: false }, result: { state: true } };

  constructor() {
    super();
    /** @type {Evidence[]} */
    this.evidence = [];
    /** Of the file that was compared last, by index. @type {Record<number, boolean>} */
    this.result = {};
  }

  /** @param {number} i @param {File | undefined} file */
  async compare(i, file) {
    if (file) this.result = { ...this.result, [i]: (await checksum(file)) === this.evidence[i].checksum };
  }

  render() {
    return html`<ul class="plain">${this.evidence.map((it, i) => html`<li class="stack"><span><a href=${it.link} target="_blank" rel="noopener noreferrer">${it.title}</a>${it.mediaType ? html` <span class="small muted">${it.mediaType}</span>` : nothing}</span>
      ${it.checksum ? html`<details class="small"><summary>${t("evidence.compare")}</summary><p><code class="sum">${it.checksum}</code></p>
        <div class="form-field no-print"><label for=${`compare-${i}`}>${t("evidence.compare-file")}</label><input type="file" class="field" id=${`compare-${i}`} @change=${(/** @type {any} */ event) => this.compare(i, event.target.files[0])}></div>
        ${i in this.result ? html`<p class=${this.result[i] ? "ok tone" : "late tone"} role="status">${t(this.result[i] ? "evidence.same" : "evidence.another")}</p>` : nothing}</details>` : nothing}</li>`)}</ul>`;
  }
}

customElements.define("koinon-evidence", EvidenceList);
