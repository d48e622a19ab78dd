// The tabs of one browser share one stream, because HTTP/1.1 has six connections for all of them. The tab that holds
// the lock reads; every tab hears what it read and remembers the last id, so that each of them can go on.

/** @typedef {{kind: "item", id: string, data: {item: any, etag: string, asOf: any}}} Item */
/** @typedef {{kind: "state", state: "live" | "lost" | "ended", since: number}} State */

const NAME = "koinon-stream";
const SILENCE = 25_000;
const LONGEST_WAIT = 15_000;

const channel = new BroadcastChannel(NAME);
const news = new EventTarget();
let last = "";

/** The state of the connection; all tabs know it. @type {State} */
export let state = { kind: "state", state: "live", since: Date.now() };

channel.onmessage = (/** @type {MessageEvent} */ event) => take(event.data);
// A tab that is opened later asks what the others know.
channel.postMessage({ kind: "ask" });

/** @param {any} message */
function take(message) {
  if (message.kind === "ask") {
    if (last) channel.postMessage({ kind: "position", id: last, state });
    return;
  }
  if (message.id) last = message.id;
  if (message.kind === "position") {
    state = message.state;
    news.dispatchEvent(new CustomEvent("state", { detail: state }));
    return;
  }
  if (message.kind === "state") {
    if (message.state === state.state && message.state === "lost") return;
    state = message;
  }
  news.dispatchEvent(new CustomEvent(message.kind, { detail: message }));
}

/** @param {Item | State} message */
function tell(message) {
  take(message);
  channel.postMessage(message);
}

/** Calls back for each message of a kind, until the answer is called.
 * @param {"item" | "state"} kind @param {(message: any) => void} then */
export function on(kind, then) {
  const listener = (/** @type {any} */ event) => then(event.detail);
  news.addEventListener(kind, listener);
  return () => news.removeEventListener(kind, listener);
}

/** Follows the changes of all projects that the reader may see, until the tab is closed. */
export function open() {
  if (navigator.locks) void navigator.locks.request(NAME, follow);
  else void follow();
}

async function follow() {
  for (let wait = 500; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    const stop = new AbortController();
    const silence = { timer: setTimeout(() => stop.abort(), SILENCE) };
    try {
      const answer = await fetch("/api/v1/status/stream?as=items", {
        headers: last ? { "Last-Event-ID": last } : {}, signal: stop.signal, cache: "no-store",
      });
      if (answer.status === 401) tell({ kind: "state", state: "ended", since: Date.now() });
      else if (answer.ok && answer.body) {
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
    await new Promise(then => setTimeout(then, wait * (0.5 + Math.random())));
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
      if (data) tell({ kind: "item", id, data: JSON.parse(data) });
      else if (id) last = id;
    }
  }
}
