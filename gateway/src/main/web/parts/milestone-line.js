import { html, nothing } from "lit";
import { css } from "../lib/css.js";
import { away, day, share, speech, t, word } from "../lib/words.js";
import { shape, STATES } from "./marks.js";

/** The milestones of a project on a line of time, with today. Who reads it as text has every day in words.
 * @param {any} status @param {number} now */
export function milestoneLine(status, now) {
  const days = status.milestones.map((/** @type {any} */ it) => Date.parse(it.due));
  const from = status.startsOn ? Date.parse(status.startsOn) : Math.min(...days, now);
  const to = Math.max(status.endsOn ? Date.parse(status.endsOn) : 0, ...days);
  const at = (/** @type {number} */ when) => `${Math.max(0, Math.min(100, (100 * (when - from)) / (to - from || 1))).toFixed(2)}%`;
  const today = now >= from && now <= to;
  return html`<div>
    <div class="line-row"><span class="small muted">${t("project.period", { from: day(new Date(from).toISOString().slice(0, 10)), to: day(new Date(to).toISOString().slice(0, 10)) })}</span>
      <div class="scale" aria-hidden="true">${marksBetween(from, to).map((it, i) => html`<span class=${i === 0 ? "first" : ""} ${css({ "--at": at(it) })}>${new Intl.DateTimeFormat(speech.locale, { month: "short", year: "2-digit", timeZone: "UTC" }).format(it)}</span>`)}
        ${today ? html`<span class="today" ${css({ "--at": at(now) })}>${t("project.today")}</span>` : nothing}</div></div>
    ${status.milestones.map((/** @type {any} */ it) => row(it, now, at, today))}</div>`;
}

/** Some months as marks of the scale. @param {number} from @param {number} to */
function marksBetween(from, to) {
  const months = (to - from) / 2.63e9;
  const step = months > 36 ? 12 : months > 14 ? 6 : 3;
  const marks = [];
  for (const it = new Date(from); it.getTime() <= to && marks.length < 6; it.setUTCMonth(it.getUTCMonth() + step)) marks.push(it.getTime());
  return marks;
}

/** @param {any} it @param {number} now @param {(when: number) => string} at @param {boolean} today */
function row(it, now, at, today) {
  const due = Date.parse(it.due);
  const open = it.state === undefined || it.state === "PLANNED" || it.state === "RETURNED";
  const late = open && due + 864e5 < now;
  const [drawing, tone] = STATES[it.state ?? "PLANNED"] ?? ["planned", "calm"];
  return html`<div class="line-row"><div><strong>${it.title}</strong><br>
      <span class="small ${late ? "late tone" : "muted"}">${word("state", it.state ?? "PLANNED")}${it.achieved != null ? ` (${share(Number(it.achieved))})` : nothing} · ${t("project.due", { when: day(it.due) })}${open ? ` (${away(`${it.due}T23:59:59Z`, now)})` : nothing}</span>
      ${it.postponement ? html`<br><span class="small soon tone">${t("project.postponement", { when: day(it.postponement.due) })}</span>` : nothing}</div>
    <div class="axis" aria-hidden="true">${today ? html`<span class="today" ${css({ "--at": at(now) })}></span>` : nothing}
      <span class="dot ${late ? "late" : tone}" ${css({ "--at": at(due) })}>${shape(drawing)}</span></div></div>`;
}
