/** @typedef {{type?: string, title?: string, status: number, detail?: string, key?: string,
 *   values?: Record<string, string>, text?: string}} Problem */

/** An answer of the API that is a problem (RFC 9457), or none at all (status 0). */
export class ApiProblem extends Error {
  /** @param {Problem} problem @param {number} retryAfter seconds; 0 if the answer does not say */
  constructor(problem, retryAfter) {
    super(problem.detail ?? problem.title ?? String(problem.status));
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** The time up to which the gateway had read the events, by topic, as the latest answer said, and when it came. */
export const asOf = { header: "", came: 0 };

/** Reads from the API. Only headers that the browser sends by itself, so that a preload is used.
 * @param {string} path below `/api/v1` @param {AbortSignal} [signal] @returns {Promise<any>} */
export async function get(path, signal) {
  const answer = await request(path, { signal });
  const header = answer.headers.get("Koinon-As-Of");
  if (header) Object.assign(asOf, { header, came: Date.now() });
  return answer.json();
}

/** All items of a list that the API gives in pages.
 * @param {string} path with a query @param {string} [after] the page to begin with @returns {Promise<any[]>} */
export async function getAll(path, after = "") {
  const items = [];
  for (let next = /** @type {string | undefined} */ (after); next !== undefined;) {
    const page = await get(`${path}${next ? `&after=${encodeURIComponent(next)}` : ""}`);
    items.push(...page.items);
    next = page.next;
  }
  return items;
}

/** What proves to the gateway that a command is the own one of the person who is logged in, and who that is. */
let csrf = "";
let person = "";

/** @type {() => void} */
let asked = () => {};
/** Commands wait until it is known who is logged in, or cannot be known. */
const known = new Promise(then => (asked = () => then(undefined)));

/** @param {string | null} token null: as before @param {string} [subject] of the person */
export function proveWith(token, subject) {
  csrf = token ?? csrf;
  person = subject ?? person;
  asked();
}

/** The same person may have logged in anew in another tab: then there is another proof. */
async function provenAgain() {
  const me = await get("/me").catch(() => null);
  if (!me?.csrf || me.csrf === csrf || me.subject !== person) return false;
  csrf = me.csrf;
  return true;
}

/** Asks a person under which mandate to act where several fit: one of these, or null. Set by the application.
 * @type {{choose: (mandates: string[]) => Promise<string | null>}} */
export const capacities = { choose: async () => null };

/** Loads the words of refusals. Set by the application. @type {{read: () => Promise<unknown>}} */
export const refusals = { read: async () => {} };

/** The keys of commands that may have been done although their answer was lost: sent again, they are done once.
 * @type {Map<string, string>} */
const unanswered = new Map();

/** Sends a command.
 * @param {"POST" | "PUT" | "DELETE"} method @param {string} path below `/api/v1`, or an absolute address of this host
 * @param {unknown} [body] @param {number} [version] of what it replaces or is about; a PUT replaces any where it is left out
 * @returns {Promise<any>} the answer's body; undefined where it has none */
export async function send(method, path, body, version) {
  await known;
  try {
    return await sendAs("", method, path, body, version);
  } catch (cause) {
    if (!(cause instanceof ApiProblem)) throw cause;
    if (/** @type {any} */ (cause.problem).sentence?.key === "csrf.token" && await provenAgain()) return sendAs("", method, path, body, version);
    await refusals.read().catch(() => {});
    const fitting = severalMandates(cause);
    const chosen = fitting.length ? await capacities.choose(fitting) : null;
    if (chosen === null) throw cause;
    return sendAs(chosen, method, path, body, version);
  }
}

/** The mandates of which one has to be named. @param {ApiProblem} it @returns {string[]} none where that is not what it says */
function severalMandates(it) {
  const said = /** @type {any} */ (it.problem).violations?.find((/** @type {any} */ one) => one.sentence.key === "validation.several-mandates");
  return said ? [...said.sentence.values.mandates.matchAll(/(\S+) \([^)]*\)/g)].map(found => found[1]) : [];
}

/** @param {string} mandate empty: the one that fits @param {"POST" | "PUT" | "DELETE"} method @param {string} path
 * @param {unknown} body @param {number | undefined} version @returns {Promise<any>} */
async function sendAs(mandate, method, path, body, version) {
  const what = `${method} ${path} ${JSON.stringify(body)}`;
  const key = unanswered.get(what) ?? crypto.randomUUID();
  unanswered.set(what, key);
  const answer = await request(path, {
    method,
    headers: {
      "X-CSRF-TOKEN": csrf,
      ...(mandate ? { "Koinon-Mandate": mandate } : {}),
      ...(method === "POST" ? { "Idempotency-Key": key } : {}),
      ...(version !== undefined ? { "If-Match": `"${version}"` } : method === "PUT" ? { "If-Match": "*" } : {}),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(cause => {
    if (cause instanceof ApiProblem && cause.problem.status >= 400 && cause.problem.status < 500) unanswered.delete(what);
    throw cause;
  });
  unanswered.delete(what);
  const text = await answer.text();
  return text ? JSON.parse(text) : undefined;
}

/** @param {string} path @param {RequestInit} init */
async function request(path, init) {
  let answer;
  try {
    answer = await fetch(path.startsWith("//") ? path.slice(1) : `/api/v1${path}`, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiProblem({ status: 0 }, 0);
  }
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  throw new ApiProblem({ ...problem, status: answer.status }, Number(answer.headers.get("Retry-After") ?? 0));
}
