// The tabs of one browser share one stream, because HTTP/1.1 has six connections for all of them. The tab that holds
// the lock reads; every tab hears what it read and remembers the last id, so that each of them can go on.

/** @typedef {{kind: "item", id: string, data: {item: any, etag: string, asOf: any}}} Item */
/** The stream could not go on after the last id: what has changed before is not sent. */
/** @typedef {{kind: "restarted"}} Restarted */
/** @typedef {{kind: "state", state: "live" | "lost", since: number}} State */

const NAME = "koinon-stream";
const SILENCE = 25_000;
const LONGEST_WAIT = 15_000;

const channel = new BroadcastChannel(NAME);
const news = new EventTarget();
let last = "";
/** Whom the cookie of this browser names; every tab knows it. */
let reader = "";
/** What this tab reads, and as whom; nothing while another tab reads. @type {{as: string, stop: AbortController} | null} */
let reading = null;

/** The state of the connection; all tabs know it. @type {State} */
export let state = { kind: "state", state: "live", since: Date.now() };

// A browser without a network keeps an open connection for a while, as if it were silent.
addEventListener("offline", () => reading?.stop.abort());

channel.onmessage = (/** @type {MessageEvent} */ event) => take(event.data);
// A tab that is opened later asks what the others know.
channel.postMessage({ kind: "ask" });

/** @param {any} message */
function take(message) {
  if (message.kind === "ask") {
    if (last) channel.postMessage({ kind: "position", id: last, state });
    return;
  }
  if (message.kind === "reader") {
    reader = message.as;
    if (reading && reading.as !== reader) reading.stop.abort();
    return;
  }
  if (message.kind === "restarted") {
    last = "";
    news.dispatchEvent(new CustomEvent("restarted"));
    return;
  }
  if (message.id) last = message.id;
  if (message.kind === "item") {
    news.dispatchEvent(new CustomEvent("item", { detail: message }));
    return;
  }
  const said = message.kind === "position" ? message.state : message;
  if (said.state === state.state) return;
  state = said;
  news.dispatchEvent(new CustomEvent("state", { detail: state }));
}

/** @param {Item | State | Restarted | {kind: "position", id: string, state: State} | {kind: "reader", as: string}} message */
function tell(message) {
  take(message);
  channel.postMessage(message);
}

/** Calls back for each message of a kind, until the answer is called.
 * @param {"item" | "state" | "restarted"} kind @param {(message: any) => void} then */
export function on(kind, then) {
  const listener = (/** @type {any} */ event) => then(event.detail);
  news.addEventListener(kind, listener);
  return () => news.removeEventListener(kind, listener);
}

/** Reads on as somebody else when another person has logged in or out. @param {string} as */
export const readAs = as => tell({ kind: "reader", as });

/** Follows the changes of all projects that the reader may see, until the tab is closed. */
export function open() {
  if (navigator.locks) void navigator.locks.request(NAME, follow);
  else void follow();
}

async function follow() {
  for (let wait = 500; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    const stop = new AbortController();
    reading = { as: reader, stop };
    const silence = { timer: setTimeout(() => stop.abort(), SILENCE) };
    try {
      const answer = await fetch("/api/v1/status/stream?as=items", {
        headers: last ? { "Last-Event-ID": last } : {}, signal: stop.signal, cache: "no-store",
      });
      if (answer.ok && answer.body) {
        tell({ kind: "state", state: "live", since: Date.now() });
        wait = 500;
        await read(answer.body, () => {
          clearTimeout(silence.timer);
          silence.timer = setTimeout(() => stop.abort(), SILENCE);
        });
      }
    } catch {
      // Said below: the connection is lost, whatever the reason.
    }
    clearTimeout(silence.timer);
    tell({ kind: "state", state: "lost", since: Date.now() });
    await new Promise(then => {
      setTimeout(then, wait * (0.5 + Math.random()));
      addEventListener("online", then, { once: true });
    });
  }
}

/** @param {ReadableStream<Uint8Array>} body @param {() => void} alive called when something was read */
async function read(body, alive) {
  const reader = body.pipeThrough(/** @type {any} */ (new TextDecoderStream())).getReader();
  for (let rest = ""; ;) {
    const { value, done } = await reader.read();
    if (done) return;
    alive();
    const frames = (rest + value).split("\n\n");
    rest = frames.pop() ?? "";
    for (const frame of frames) {
      const lines = frame.split("\n");
      const field = (/** @type {string} */ name) =>
        lines.find(line => line.startsWith(name))?.slice(name.length).trim() ?? "";
      const data = field("data:");
      const id = field("id:");
      if (field("event:") === "restarted") tell({ kind: "restarted" });
      else if (data) tell({ kind: "item", id, data: JSON.parse(data) });
      else if (id) tell({ kind: "position", id, state });
    }
  }
}
