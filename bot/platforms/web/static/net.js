// The page's calls home. What was sent twice under one event id counts once, so a failed call may be made again.

export class Lost extends Error {}
export class Closed extends Error {}

export function nonce() {
  return crypto.randomUUID();
}

async function answer(call) {
  let response;
  try {
    response = await call;
  } catch {
    throw new Lost();
  }
  if (response.status === 401) throw new Closed();
  if (!response.ok && response.status !== 413) throw new Lost();
  return response.json();
}

export function get(path, query) {
  return answer(fetch(`${path}?${new URLSearchParams(query)}`, { cache: "no-store" }));
}

export function post(path, texts) {
  const headers = { "Content-Type": "application/json" };
  return answer(fetch(path, { method: "POST", headers, body: JSON.stringify(texts) }));
}

// A form goes as multipart, since it may hold a file; `as` stands in the address too, for an answer to an upload nobody reads.
export function send(texts, fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(texts)) body.append(name, value);
  for (const [name, value] of Object.entries(fields)) body.append(`field.${name}`, value);
  return answer(fetch(`/send?${new URLSearchParams({ as: texts.as })}`, { method: "POST", body }));
}

// The open line of one person. It closes while nobody looks, since a browser opens only six to one console.
export class Line {
  constructor({ messages, lost, regained, closed }) {
    this.on = { messages, lost, regained, closed };
    this.source = null;
    this.last = "";
    document.addEventListener("visibilitychange", () => (document.hidden ? this.rest() : this.wake()));
  }

  listen(who) {
    this.drop();
    this.who = who;
    this.last = "";
    this.open();
  }

  open() {
    const source = new EventSource(`/events?${new URLSearchParams({ as: this.who, after: this.last })}`);
    this.source = source;
    source.onopen = () => this.on.regained();
    source.onmessage = (event) => {
      this.last = event.lastEventId;
      const { fresh, messages } = JSON.parse(event.data);
      this.on.messages(messages, fresh);
    };
    source.onerror = () => this.failed(source);
  }

  async failed(source) {
    if (source !== this.source) return;
    this.on.lost();
    if (source.readyState !== EventSource.CLOSED) return;
    try {
      await get("/page", { as: this.who });
    } catch (error) {
      if (error instanceof Closed) return this.on.closed();
    }
    setTimeout(() => source === this.source && this.open(), 1500);
  }

  rest() {
    this.resting = setTimeout(() => this.drop(), 20000);
  }

  wake() {
    clearTimeout(this.resting);
    if (!this.source && this.who) this.open();
  }

  drop() {
    this.source?.close();
    this.source = null;
  }
}
