/** @typedef {{amount: string, currency: string}} Money */
/** @typedef {{key: string, values?: Record<string, string>, text: string}} Sentence */

/** The languages of the application, by their own names. */
export const LANGUAGES = { en: "English", fr: "Français", vi: "Tiếng Việt" };

/** @type {{language: keyof typeof LANGUAGES, locale: string, words: Record<string, string>, areas: Set<string>}} */
export const speech = { language: "en", locale: "en-GB", words: {}, areas: new Set() };

/** Takes the language of the page.
 * @param {string} language */
export function speak(language) {
  speech.language = language in LANGUAGES ? /** @type {any} */ (language) : "en";
  speech.locale = speech.language === "en" ? "en-GB" : speech.language;
  speech.words = {};
  const areas = [...speech.areas];
  speech.areas.clear();
  document.documentElement.lang = speech.language;
  return Promise.all(areas.map(load));
}

/** Loads the texts of an area, once.
 * @param {string} area */
export async function load(area) {
  if (speech.areas.has(area)) return;
  const answer = await fetch(new URL(`../texts/${area}/${speech.language}.json`, import.meta.url));
  Object.assign(speech.words, await answer.json());
  speech.areas.add(area);
}

/** Names of cities and funders that are known by now, by scope. @type {Map<string, string>} */
export const scopeNames = new Map();

/** In which capacity somebody acts, as a group of people. @param {string} right `role@scope` @param {Map<string, string>} [names] by scope */
export function capacity(right, names = scopeNames) {
  const [role, scope = ""] = right.split("@");
  return has(`actor.${role}`) ? t(`actor.${role}`, { of: names.get(scope) ?? scopeNames.get(scope) ?? scope.split("/")[1] ?? "" }) : right;
}

/** Whether there is a text with this key. @param {string} key */
export const has = key => key in speech.words || `${key}.other` in speech.words;

/** A text by its key: `{name}` is replaced by a value, and `key.one`, `key.other` are chosen by the value `n`.
 * @param {string} key @param {Record<string, string | number>} [values] */
export function t(key, values = {}) {
  const form = typeof values.n === "number" ? `${key}.${new Intl.PluralRules(speech.locale).select(values.n)}` : key;
  const text = speech.words[form] ?? speech.words[`${key}.other`] ?? speech.words[key] ?? key;
  return text.replace(/\{([\w-]+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === "number" ? number(value) : value ?? "";
  });
}

/** A sentence of the API in the language of the page; in English where the page has no text for it.
 * @param {Sentence} it @param {Map<string, string>} [milestones] titles by id */
export function sentence(it, milestones = new Map()) {
  const key = `sentence.${it.key}`;
  if (!has(key)) return it.text;
  /** @type {Record<string, string | number>} */
  const values = {};
  for (const [name, value] of Object.entries(it.values ?? {})) values[name] = name === "milestone" ? milestones.get(value) ?? value : readable(name, value);
  if (values.action) values.what = t(`sentence.${it.values?.action}`, values);
  return t(key, values);
}

/** As it is written within a sentence. @param {string} it */
const within = it => it.charAt(0).toLocaleLowerCase(speech.locale) + it.slice(1);

/** A value as people write it: days and tranches are recognised. @param {string} name @param {string} value */
function readable(name, value) {
  if (name === "tranche") return tranche(value);
  if (name === "action") return value;
  if (name === "rights") return either(value.split(" or ").map(it => within(capacity(it))));
  if (name === "by") return within(capacity(value));
  if (name === "city") return scopeNames.get(`city/${value}`) ?? value;
  if (name === "state" || name === "possible") return either(value.split(" or ").map(it => has(`state.${it}`) ? t(`state.${it}`) : word("phase", it)));
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return day(value);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return moment(value);
  const amount = value.match(/^(\d+(?:\.\d+)?) ([A-Z]{3})$/);
  if (amount) return money({ amount: amount[1], currency: amount[2] });
  const local = value.match(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)? (.+)$/);
  return local ? `${day(local[1])}, ${local[2]} (${local[3]})` : value;
}

/** @param {number} it */
export const number = it => new Intl.NumberFormat(speech.locale).format(it);

/** @param {number} it a fraction from 0 to 1 */
export const share = it =>
  new Intl.NumberFormat(speech.locale, { style: "percent", maximumFractionDigits: 0 }).format(it);

/** An amount; it stays a decimal text, no binary fraction touches it. @param {Money} it */
export const money = it => new Intl.NumberFormat(speech.locale, {
  style: "currency", currency: it.currency, currencyDisplay: "code", trailingZeroDisplay: "stripIfInteger",
}).format(/** @type {any} */ (it.amount));

/** The day of a date or a moment. @param {string} it */
export const day = it => new Intl.DateTimeFormat(speech.locale, {
  dateStyle: "medium", timeZone: it.length === 10 ? "UTC" : undefined,
}).format(new Date(it));

/** The last day on which something is in time. A deadline is the moment after it: midnight, at the end of the day.
 * @param {{at: string, zone: string}} it */
export const lastDay = it => new Intl.DateTimeFormat(speech.locale, { dateStyle: "medium", timeZone: it.zone })
  .format(Date.parse(it.at) - 1);

/** Until when something is in time: the last day where it ends with the day, else day, time and zone.
 * @param {{at: string, zone: string}} it */
export function lastMoment(it) {
  const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: it.zone }).format(new Date(it.at));
  return time === "00:00" ? lastDay(it) : `${moment(it.at, it.zone)} (${it.zone.replaceAll("_", " ")})`;
}

/** Day and time of a moment, in the reader's own zone or another. @param {string | number} it @param {string} [zone] */
export const moment = (it, zone) => new Intl.DateTimeFormat(speech.locale, {
  dateStyle: "medium", timeStyle: "short", timeZone: zone,
}).format(new Date(it));

/** A moment that somebody keeps to or files: with the name of the reader's zone. @param {string} it */
export const zoned = it => new Intl.DateTimeFormat(speech.locale, {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
}).format(new Date(it));

/** The time of the day of a moment. @param {number} it */
export const clock = it => new Intl.DateTimeFormat(speech.locale, { timeStyle: "short" }).format(new Date(it));

/** What is nearer is told in hours: 36 of them. */
const DAYS_FROM = 129_600;

/** The number of the day on which a moment is for the reader. @param {number} it */
function calendarDay(it) {
  const day = new Date(it);
  return Date.UTC(day.getFullYear(), day.getMonth(), day.getDate()) / 864e5;
}

/** The distance of a moment from another: "in 3 days". @param {string | number} it @param {number} [from] */
export function away(it, from = Date.now()) {
  const seconds = ((typeof it === "number" ? it : Date.parse(it)) - from) / 1000;
  const format = new Intl.RelativeTimeFormat(speech.locale, { numeric: "auto" });
  const days = calendarDay(from + seconds * 1000) - calendarDay(from);
  if (Math.abs(days) >= 60) return format.format(Math.round(days / 30.44), "month");
  if (Math.abs(seconds) >= DAYS_FROM) return format.format(days, "day");
  if (Math.abs(seconds) >= 3600) return format.format(Math.round(seconds / 3600), "hour");
  return format.format(Math.round(seconds / 60), "minute");
}

/** One of several things in one sentence. @param {string[]} items */
const either = items => new Intl.ListFormat(speech.locale, { type: "disjunction" }).format(items);

/** Several things in one sentence. @param {string[]} items */
export const list = items => new Intl.ListFormat(speech.locale, { type: "conjunction" }).format(items);

/** The name of a country. @param {string | undefined} code ISO 3166-1 alpha-2 */
export const country = code =>
  code ? new Intl.DisplayNames(speech.locale, { type: "region", fallback: "code" }).of(code) ?? code : "";

/** The name of a city: its own where the page speaks that language, else the registered one.
 * @param {{id: string, name?: string, ownName?: {text: string, language: string}}} it */
export const cityName = it =>
  it.ownName?.language.split("-")[0] === speech.language ? it.ownName.text : it.name ?? it.id;

/** A word for a value of the API; the value itself where the page has no word for it.
 * @param {string} kind @param {string | undefined} value */
export const word = (kind, value) => value === undefined ? "" : has(`${kind}.${value}`) ? t(`${kind}.${value}`) : value;

/** The name of a tranche. @param {string} id as the call names it */
export function tranche(id) {
  if (has(`tranche.${id}`)) return t(`tranche.${id}`);
  const [, name, n] = id.match(/^([a-z-]+?)-?(\d*)$/) ?? [];
  if (name && n && has(`tranche.${name}`)) return `${t(`tranche.${name}`)} ${n}`;
  const words = id.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
