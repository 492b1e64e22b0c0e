// The channel: messages in their places, redrawn where they stand, with focus and scroll kept where the reader has them.

import { CROSS, LOCK, h, icon } from "./dom.js";
import { drawCard, plain } from "./draw.js";
import { language, t } from "./words.js";

const NEAR = 80; // px from the end that still count as reading the newest

export class Channel {
  constructor(scroll, log, { act, dismiss, changed, below }) {
    Object.assign(this, { scroll, log, act, dismiss, changed, below });
    this.shown = new Map();
    scroll.addEventListener("scroll", () => this.atEnd() && below(false), { passive: true });
  }

  // `mine`: these answer something the reader just did, so they are brought into view.
  apply(messages, { fresh = false, mine = false } = {}) {
    const anchor = fresh ? this.anchor() : null;
    const followed = this.atEnd();
    if (fresh) this.clear(new Set(messages.map((message) => message.id)));
    const added = messages.map((message) => this.upsert(message)).filter(Boolean);
    if (anchor) this.settle(anchor);
    else if (fresh && added.length) this.start();
    else if (mine && messages.length) this.reveal(messages[messages.length - 1].id);
    else if (added.length && followed) this.reveal(added[added.length - 1].id);
    else if (added.some((message) => !message.private)) this.below(true); // what is private, the reader asked for
    this.changed(this.boards());
  }

  // Somebody else looks now: what was private leaves at once.
  turn(person, people) {
    this.person = person;
    this.people = people;
    for (const [id, { message }] of this.shown) if (message.private) this.remove(id);
    for (const id of [...this.shown.keys()]) this.redraw(id);
  }

  boards() {
    const all = [...this.shown.values()].filter(({ message }) => message.kind === "board");
    return all.sort((a, b) => a.message.seq - b.message.seq).map(({ message }) => ({ id: message.id, title: plain(message.body.title) }));
  }

  go(id) {
    const found = this.shown.get(id);
    if (!found) return;
    found.element.scrollIntoView({ block: "start", behavior: calm() });
    found.element.focus({ preventScroll: true });
  }

  toEnd() {
    this.scroll.scrollTo({ top: this.scroll.scrollHeight, behavior: calm() });
    this.log.lastElementChild?.focus({ preventScroll: true });
  }

  // A line that arrived and left no message of its own (there was nothing in it) doesn't wait any longer.
  settled(id) {
    if (this.shown.get(id)?.message.pending) this.remove(id);
  }

  failed(id, again) {
    const element = this.shown.get(id)?.element;
    if (!element) return;
    element.classList.remove("pending");
    const button = h("button", { type: "button", class: "button" }, t("again"));
    button.addEventListener("click", () => {
      element.classList.add("pending");
      element.querySelector(".trouble").remove();
      again();
    });
    element.append(h("p", { class: "trouble", role: "alert" }, t("not_sent"), " ", button));
  }

  upsert(message) {
    const before = this.shown.get(message.id);
    if (message.kind === "gone") return void this.remove(message.id);
    if (before && before.message.rev >= message.rev) return null;
    const element = before?.element ?? h("article", { tabindex: "-1", "data-id": message.id });
    this.shown.set(message.id, { message, element });
    const held = before ? hold(element) : null;
    const shares = before ? [...element.querySelectorAll(".bar")].map((bar) => bar.dataset.share) : null;
    this.fill(element, message);
    if (shares) grow(element, shares);
    if (!before || before.message.seq !== message.seq) this.place(element, message);
    if (held) regain(element, held);
    return before ? null : message;
  }

  redraw(id) {
    const { message, element } = this.shown.get(id);
    this.fill(element, message);
  }

  fill(element, message) {
    const { kind, body } = message;
    element.className = [`is-${kind}`, message.private ? "private" : "public", message.source ? "answer" : "", message.pending ? "pending" : ""].join(" ");
    if (kind === "line") element.replaceChildren(...this.line(message));
    else element.replaceChildren(this.head(message), drawCard(body, this.bound(message), this.person));
    this.name(element, message);
    // A board that others change must not talk all the time.
    if (kind === "board") setTimeout(() => element.setAttribute("aria-live", "off"), 1500);
  }

  name(element, { id, kind, body }) {
    const title = element.querySelector("h2");
    if (!title) return element.setAttribute("aria-label", kind === "line" ? body.line : "Tertulia");
    title.id = `title-${id}`;
    element.removeAttribute("aria-label");
    element.setAttribute("aria-labelledby", title.id);
  }

  head(message) {
    const own = message.private ? h("span", { class: "only" }, icon(LOCK), t("only_you")) : null;
    return h(
      "header",
      {},
      h("img", { src: "/static/mark.svg", alt: "", width: 20, height: 20 }),
      h("b", {}, "Tertulia"),
      clock(message.at),
      own,
      message.private ? this.putAway(message) : null,
    );
  }

  putAway(message) {
    const button = h("button", { type: "button", class: "away", title: t("dismiss"), "aria-label": t("dismiss") }, icon(CROSS));
    button.addEventListener("click", () => {
      const element = this.shown.get(message.id)?.element;
      (element?.previousElementSibling ?? this.scroll).focus({ preventScroll: true });
      this.remove(message.id);
      this.dismiss(message.id);
    });
    return button;
  }

  line(message) {
    const person = this.people.find(({ id }) => id === message.by);
    const words = message.private ? h("code", {}, message.body.line) : h("span", {}, message.body.line);
    const own = message.private ? h("span", { class: "only" }, icon(LOCK), t("only_you")) : null;
    return [
      h("header", {}, h("span", { class: "face", "aria-hidden": "true" }, person.name[0]), h("b", {}, person.name), clock(message.at), own),
      h("p", { class: "said" }, words),
    ];
  }

  bound(message) {
    const over = message.id;
    return {
      press: (intent, button) => this.act.press(intent, over, button),
      open: (card) => this.act.open(card, over),
    };
  }

  // An answer stands right below what it answers, anything else in the order of coming.
  place(element, message) {
    element.dataset.seq = message.seq;
    const above = message.source ? this.shown.get(message.source)?.element : null;
    if (above) return above.after(element);
    const later = [...this.log.children].find((other) => other !== element && !other.classList.contains("answer") && Number(other.dataset.seq) > message.seq);
    if (later) this.log.insertBefore(element, later);
    else this.log.append(element);
  }

  remove(id) {
    this.shown.get(id)?.element.remove();
    this.shown.delete(id);
  }

  clear(kept) {
    for (const [id, { message }] of this.shown) if (!kept.has(id) && !message.pending) this.remove(id);
    for (const { message } of this.shown.values()) message.rev = -1; // numbers of another run don't compare
  }

  atEnd() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR;
  }

  // The first message in view that everybody sees, and where it stands.
  anchor() {
    const top = this.scroll.getBoundingClientRect().top;
    const inView = [...this.log.children].find((e) => e.classList.contains("public") && e.getBoundingClientRect().bottom > top);
    return inView && { element: inView, at: inView.getBoundingClientRect().top };
  }

  settle({ element, at }) {
    if (element.isConnected) this.scroll.scrollTop += element.getBoundingClientRect().top - at;
  }

  // At first sight: the beginning, unless one has been talking here already.
  start() {
    const talked = [...this.shown.values()].some(({ message }) => message.private);
    this.scroll.scrollTop = talked ? this.scroll.scrollHeight : 0;
  }

  reveal(id) {
    const element = this.shown.get(id)?.element;
    if (!element) return;
    const view = this.scroll.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    if (box.top >= view.top && box.bottom <= view.bottom) return;
    const block = box.height > view.height || box.top < view.top ? "start" : "end";
    element.scrollIntoView({ block, behavior: calm() });
  }
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

function clock(ms) {
  const when = new Date(ms);
  const text = new Intl.DateTimeFormat(language(), { timeStyle: "short" }).format(when);
  return h("time", { class: "clock", datetime: when.toISOString(), title: when.toLocaleString(language()) }, text);
}

// Bars move from where they were to where they are.
function grow(element, shares) {
  const bars = [...element.querySelectorAll(".bar")];
  bars.forEach((bar, index) => {
    if (shares[index] === undefined || shares[index] === bar.dataset.share) return;
    const fill = bar.querySelector(".fill");
    const to = fill.style.width;
    fill.style.width = `${shares[index] * 100}%`;
    fill.getBoundingClientRect();
    fill.style.width = to;
    bar.classList.add("changed");
  });
}

const CONTROLS = "button:not([disabled]), a[href], summary";

// What had the focus, to find its like in the redrawn message.
function hold(element) {
  const held = document.activeElement;
  if (!element.contains(held) || held === element) return null;
  const inList = [...element.querySelectorAll(CONTROLS)];
  return { intent: held.dataset.intent, text: held.textContent, index: inList.indexOf(held) };
}

function regain(element, { intent, text, index }) {
  const inList = [...element.querySelectorAll(CONTROLS)];
  const same = inList.find((e) => e.textContent === text) ?? inList.find((e) => intent && e.dataset.intent === intent);
  (same ?? inList[Math.min(index, inList.length - 1)] ?? element).focus({ preventScroll: true });
}
