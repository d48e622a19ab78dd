import { speech } from "./words.js";

/** A day as it is typed: three texts. @typedef {{d: string, m: string, y: string}} TypedDay */

/** @param {string | null | undefined} iso `2027-05-01` @returns {TypedDay} */
export function typedDay(iso) {
  const [y, m, d] = (iso ?? "").split("-");
  return { d: d ? String(Number(d)) : "", m: m ? String(Number(m)) : "", y: y ?? "" };
}

/** What was typed as a day, for the API: null where nothing was typed. What is no day is sent as it is, so that the
 * answer names its place. @param {TypedDay} it @returns {string | null} */
export function isoDay({ d, m, y }) {
  if (!d.trim() && !m.trim() && !y.trim()) return null;
  const month = /^\d+$/.test(m.trim()) ? m.trim() : String(monthNamed(m) || m.trim());
  return `${y.trim()}-${month.padStart(2, "0")}-${d.trim().padStart(2, "0")}`;
}

/** The number of a month that is typed as a word, in the language of the page or in English. @param {string} typed */
function monthNamed(typed) {
  const wanted = fold(typed);
  if (wanted.length < 3) return 0;
  for (const locale of [speech.locale, "en-GB"])
    for (let i = 0; i < 12; i++) {
      const long = new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" }).format(Date.UTC(2026, i, 1));
      if (fold(long) === wanted || (!/\d/.test(long) && fold(long).startsWith(wanted))) return i + 1;
    }
  return 0;
}

/** @param {string} it */
const fold = it => it.trim().toLowerCase().normalize("NFD").replace(/\p{M}|\./gu, "");

/** What was typed as an amount, as a decimal text: null where nothing was typed. `12 000,50` and `12,000.50` are the
 * same. What is no amount stays as it is, so that the answer names its place.
 * @param {string} typed @param {string} [locale] in which it was typed @returns {string | null} */
export function decimal(typed, locale = speech.locale) {
  const text = typed.replace(/[\s\u00a0\u202f']/g, "");
  if (!text) return null;
  if (!/^[\d.,]+$/.test(text)) return typed.trim();
  const group = new Intl.NumberFormat(locale).format(1000).replace(/\d/g, "") || ",";
  const last = Math.max(text.lastIndexOf("."), text.lastIndexOf(","));
  if (last < 0) return text;
  const sign = text[last];
  const both = text.includes(".") && text.includes(",");
  const often = text.indexOf(sign) !== last;
  const isGroup = !both && (often || (sign === group && text.length - last === 4));
  return isGroup ? text.replace(/[.,]/g, "") : `${text.slice(0, last).replace(/[.,]/g, "")}.${text.slice(last + 1)}`;
}

/** Whether a decimal text is an amount. @param {string | null} it @returns {it is string} */
export const isAmount = it => it !== null && /^\d+(\.\d*)?$/.test(it) && it.length < 20;
