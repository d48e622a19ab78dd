import { html, nothing } from "lit";
import { t, word } from "../lib/words.js";
import "./command-form.js";
import { CATEGORIES } from "./gathering-facts.js";

/** @typedef {import("./command-form.js").Field} Field */
/** Sends a command. @typedef {(method: "POST" | "PUT", path: string, body?: any, version?: number) => Promise<any>} Send */

/** Local times of a part, in the zone of the gathering. @returns {Field[]} */
const times = () => [
  { name: "start", label: t("gatherings.start"), type: "datetime-local", hint: t("gatherings.time-hint") },
  { name: "end", label: t("gatherings.end"), type: "datetime-local" },
];

/** An id for a new part of a gathering. */
const newId = () => crypto.randomUUID().slice(0, 8);

/** The numbers of a delegation, by category. @param {any} [now] those that are known @returns {Field[]} */
export const headcount = now => CATEGORIES.map(([name, category]) => ({
  name, label: word("category", category), type: "number", value: now?.[name] ? String(now[name]) : "",
}));

/** A form that opens on demand.
 * @param {string} title @param {Field[]} fields @param {(body: any) => Promise<any>} send @param {string} [button] */
const folded = (title, fields, send, button = t("form.save")) => html`<details><summary>${title}</summary>
  <koinon-form .fields=${fields} .button=${button} .send=${send}></koinon-form></details>`;

/** Who came as somebody reported it, with the report. @returns {Field[]} */
const report = () => [
  { name: "whom", label: t("gatherings.report-whom"), required: true, hint: t("gatherings.report-whom-hint") },
  { name: "figure", label: t("gatherings.report-figure"), required: true, hint: t("gatherings.report-figure-hint") },
  { name: "number", label: t("gatherings.report-number"), type: "number" },
  { name: "atLeast", label: t("gatherings.report-at-least"), type: "check" },
  { name: "category", label: t("gatherings.report-category"), type: "choice", choices: CATEGORIES.map(([, it]) => [it, word("category", it)]) },
  { name: "origin", label: t("gatherings.report-origin") },
  { name: "source/text", label: t("gatherings.source"), required: true, hint: t("gatherings.source-hint") },
  { name: "source/date", label: t("gatherings.source-date"), type: "date" },
  { name: "source/link", label: t("gatherings.source-link"), hint: t("gatherings.link-hint") },
];

/** The parts that can be removed, each with a form for the reason. @param {any} it a gathering @param {Send} send */
function removals(it, send) {
  const kinds = /** @type {const} */ ([
    [t("gatherings.session"), it.sessions, "title", "sessions", "removal"], [t("gatherings.visit"), it.visits, "places", "visits", "removal"],
    [t("gatherings.document"), it.documents, "title", "documents", "removal"], [t("gatherings.report"), it.attendance, "figure", "attendance", "withdrawal"],
  ]);
  const forms = kinds.flatMap(([kind, parts, name, path, end]) => parts.map((/** @type {any} */ one) => folded(t("gatherings.part", { kind, name: one[name] }),
    [{ name: "reason", label: t("gatherings.reason"), type: "long", required: true }], body => send("POST", `/gatherings/${it.id}/${path}/${one.id}/${end}`, body), t("gatherings.remove-button"))));
  return forms.length ? html`<details><summary>${t("gatherings.remove")}</summary><div class="inner">${forms}</div></details>` : nothing;
}

/** What who organises a gathering enters. @param {any} it a gathering @param {Send} send */
export function organising(it, send) {
  const path = `/gatherings/${it.id}`;
  const hasBegun = Date.parse(it.begin) <= Date.now();
  return html`<section class="card no-print"><h2>${t("gatherings.organise")}</h2>
    ${folded(t("gatherings.add-session"), [{ name: "title", label: t("gatherings.name"), required: true }, { name: "topic", label: t("gatherings.topic"), type: "long" }, ...times()],
      body => send("PUT", `${path}/sessions/${newId()}`, body))}
    ${folded(t("gatherings.add-visit"), [{ name: "places", label: t("gatherings.places"), required: true }, { name: "seen", label: t("gatherings.seen"), type: "long" }, ...times()],
      body => send("PUT", `${path}/visits/${newId()}`, body))}
    ${folded(t("gatherings.add-document"), [{ name: "title", label: t("gatherings.name"), required: true }, { name: "link", label: t("gatherings.link"), required: true, hint: t("gatherings.link-hint") }],
      body => send("PUT", `${path}/documents/${newId()}`, body))}
    ${it.state === "ANNOUNCED" ? folded(t("gatherings.amend"), [
      { name: "theme", label: t("gatherings.theme"), type: "long", value: it.theme ?? "" },
      { name: "topics", label: t("gatherings.topics"), type: "long", value: it.topics ?? "" },
      { name: "venue", label: t("gatherings.venue"), value: it.venue ?? "" },
      { name: "days/first", label: t("gatherings.first-day"), type: "date", required: true, value: it.days.first },
      { name: "days/last", label: t("gatherings.last-day"), type: "date", required: true, value: it.days.last },
      { name: "days/zone", label: t("gatherings.zone"), required: true, value: it.days.zone },
      { name: "reason", label: t("gatherings.reason"), type: "long", required: true },
    ], body => send("PUT", `${path}/arrangements`, { ...kept(it), ...body }, it.version)) : nothing}
    ${hasBegun ? it.delegations?.map((/** @type {any} */ one) => folded(t("gatherings.count", { city: one.cityName }), headcount(one.attended), body => send("PUT", `${path}/delegations/${one.city}/attended`, body, one.version))) : nothing}
    ${hasBegun ? folded(t("gatherings.add-report"), report(), body => send("PUT", `${path}/attendance/${newId()}`, body)) : nothing}
    ${removals(it, send)}</section>`;
}

/** What the form of the arrangements does not show and a change keeps. @param {any} it */
const kept = ({ otherNames, registrationCloses, organisers, participants, sources, inferred }) =>
  ({ otherNames, registrationCloses, organisers, participants, sources, inferred });
