// A ranking to be made by dragging, by touching, or with the keyboard alone; what one does is said as well as shown.

import { h } from "./dom.js";
import { draggable, scrollerOf } from "./drag.js";
import { beside, down, last, parse, placeOf, put, shares, tied, up, without, write } from "./order.js";
import { t } from "./words.js";

const GRIP = "⠿";

export function ranking(field) {
  const view = new Ranking(field);
  return { name: field.name, element: view.element, read: () => write(view.places), write: (value) => view.begin(value) };
}

class Ranking {
  constructor(field) {
    this.field = field;
    this.labels = Object.fromEntries(field.choices.map(({ value, label }) => [value, label]));
    this.items = new Map(field.choices.map((choice) => [choice.value, this.item(choice)]));
    this.picked = null; // the id that the arrow keys move, and the ranking as it was before
    this.before = null;
    this.past = [];
    this.build();
    this.begin(field.value);
  }

  // What there is, once

  build() {
    const { field } = this;
    const id = `field-${field.name}`;
    this.list = h("ol", { class: "places" });
    this.empty = h("p", { class: "small drop-here" }, t("ranking.empty"));
    this.out = h("ul", { class: "tray", "aria-label": t("ranking.tray") });
    this.tray = h("div", { class: "unranked" }, h("h3", {}, t("ranking.tray")), this.out);
    this.line = h("div", { class: "drop-line", hidden: true });
    this.said = h("p", { class: "hidden", role: "status" });
    this.undoing = tool("ranking.undo", () => this.undo());
    this.again = tool("ranking.again", () => this.clear());
    const keys = t(field.ties ? "ranking.keys_ties" : "ranking.keys");
    this.body = h("div", { class: "ranked" }, this.list, this.empty, this.tray, this.line);
    this.element = h(
      "div",
      { class: "field ranking", role: "group", "aria-labelledby": id, "aria-describedby": `${id}-keys` },
      h("div", { class: "legend", id }, field.label),
      h("small", {}, field.hint || t("ranking.how")),
      this.body,
      h("div", { class: "tools" }, this.undoing, this.again),
      h("small", { class: "keys", id: `${id}-keys` }, keys),
      this.said,
    );
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("keyup", (event) => event.key === " " && event.target.matches(".grab") && event.preventDefault());
    this.body.addEventListener("focusin", (event) => this.rove(event.target.closest(".grab")));
    draggable(this.body, {
      start: (item) => this.start(item.dataset.drag),
      over: (y) => this.over(y),
      drop: (y) => this.drop(y),
      cancel: () => this.mark(null),
    });
  }

  item({ value, label }) {
    const grip = h("span", { class: "grip", "data-handle": true, "aria-hidden": "true" }, GRIP);
    const grab = h("button", { type: "button", class: "grab", tabindex: "-1", "data-id": value }, h("span", { class: "label" }, label), grip);
    grab.addEventListener("click", () => (placeOf(this.places, value) < 0 ? this.add(value) : this.pick(this.picked === value ? null : value)));
    return h("li", { class: "item", "data-drag": value }, grab);
  }

  // What changes

  begin(value) {
    const known = parse(value).map((place) => place.filter((id) => this.items.has(id)));
    this.places = known.filter((place) => place.length);
    this.past = [];
    this.draw();
  }

  // Another ranking: drawn, said, and to be undone. `words` says what became of it.
  become(places, words, held) {
    if (write(places) === write(this.places)) return;
    if (this.picked === null) this.past.push(this.places);
    this.move(places, held);
    this.say(words());
  }

  // The item `held` stays where it is on the screen, if the list was scrolled to it.
  move(places, held) {
    const tops = this.tops();
    this.places = places;
    this.draw();
    const scroller = scrollerOf(this.element);
    if (held && scroller.scrollTop > 0) scroller.scrollTop += this.top(held) - tops.get(held);
    this.glide(tops);
    this.element.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // One after the other: what is left stays where it is, the next of it under the finger.
  add(id) {
    const at = this.unranked().indexOf(id);
    const left = this.unranked().filter((other) => other !== id);
    const next = left[Math.min(at, left.length - 1)];
    this.become(last(this.places, id), () => this.where(id), next);
    this.focus(next ?? id, { preventScroll: true });
  }

  // Steps of one that is picked up are one change: putting it down ends it, Escape takes it back.
  pick(id) {
    const dropped = this.picked;
    if (dropped !== null && write(this.before) !== write(this.places)) this.past.push(this.before);
    this.picked = id;
    this.before = id === null ? null : this.places;
    this.draw();
    this.focus(id ?? dropped);
    if (id !== null) this.say(`${t("ranking.picked")} ${this.where(id)}`);
    else if (dropped !== null) this.say(`${t("ranking.dropped")} ${this.where(dropped)}`);
  }

  cancel() {
    const id = this.picked;
    const before = this.before;
    this.picked = this.before = null;
    this.move(before);
    this.focus(id);
    this.say(`${t("ranking.cancelled")} ${this.where(id)}`);
  }

  undo() {
    if (this.picked !== null) return this.cancel();
    const before = this.past.pop();
    if (!before) return;
    this.move(before);
    this.say(t("ranking.undone"));
    if (this.undoing.disabled) this.focus(this.order()[0]);
  }

  clear() {
    if (this.picked !== null) this.pick(null);
    this.become([], () => t("ranking.begun"));
    this.focus(this.order()[0]);
  }

  step(id, change) {
    this.become(change(this.places, id), () => this.where(id));
    this.focus(id);
  }

  // Keys

  key(event) {
    const id = event.target.closest(".grab")?.dataset.id ?? this.picked;
    const done = id !== null && this.act(event, id);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  }

  act(event, id) {
    const { key, altKey, ctrlKey, metaKey } = event;
    const onItem = event.target.matches(".grab");
    if ((ctrlKey || metaKey) && key.toLowerCase() === "z") return this.undo(), true;
    if (ctrlKey || metaKey) return false;
    if (key === "Escape" && this.picked !== null) return this.cancel(), true;
    if (!onItem) return false;
    if (key === " ") return this.pick(this.picked === id ? null : id), true;
    const steers = this.picked === id || altKey;
    if (key === "ArrowUp") return steers ? this.step(id, up) : this.go(id, -1), true;
    if (key === "ArrowDown") return steers ? this.step(id, down) : this.go(id, 1), true;
    if (key === "Home" || key === "End") return this.focus(this.order().at(key === "Home" ? 0 : -1)), true;
    if (key === "=" && this.field.ties) return this.step(id, tied), true;
    if (key === "Delete" || key === "Backspace") return this.step(id, without), true;
    return false;
  }

  go(id, step) {
    const order = this.order();
    this.focus(order[Math.min(order.length - 1, Math.max(0, order.indexOf(id) + step))]);
  }

  // One item at a time can be reached with Tab: the one that had the focus last.
  rove(grab) {
    if (!grab) return;
    for (const item of this.items.values()) item.querySelector(".grab").tabIndex = item.contains(grab) ? 0 : -1;
  }

  focus(id, options = {}) {
    this.items.get(id)?.querySelector(".grab").focus(options);
  }

  // Dragging

  start(id) {
    this.dragging = id;
    if (this.picked !== null) this.pick(null);
  }

  over(y) {
    this.mark(this.target(y));
  }

  drop(y) {
    const id = this.dragging;
    const target = this.target(y);
    this.mark(null);
    const { places } = this;
    const next = target.out ? without(places, id) : target.beside ? beside(places, id, target.beside) : put(places, id, target.at);
    this.become(next, () => this.where(id));
    this.focus(id);
  }

  // What a height means: outside, beside another, or a place of its own before the `at`th of the others.
  target(y) {
    const rest = without(this.places, this.dragging);
    const rows = rest.flatMap((place, at) => place.map((id, n) => ({ id, at, n, box: this.items.get(id).getBoundingClientRect() })));
    if (y > this.tray.getBoundingClientRect().top) return { out: true };
    for (const { id, at, n, box } of rows) {
      const quarter = box.height / 4;
      if (this.field.ties && y > box.top + quarter && y < box.bottom - quarter) return { beside: id };
      if (y < box.top + box.height / 2) return n ? { beside: id } : { at, y: box.top };
    }
    const end = rows.length ? rows[rows.length - 1].box.bottom : this.body.getBoundingClientRect().top;
    return { at: rest.length, y: end };
  }

  mark(target) {
    const top = this.body.getBoundingClientRect().top;
    this.line.hidden = target?.y === undefined;
    if (target?.y !== undefined) this.line.style.top = `${target.y - top}px`;
    for (const [id, item] of this.items) item.classList.toggle("joined", target?.beside === id);
    this.tray.classList.toggle("target", Boolean(target?.out));
  }

  // Drawing

  order() {
    return [...this.places.flat(), ...this.unranked()];
  }

  unranked() {
    return this.field.choices.map(({ value }) => value).filter((id) => placeOf(this.places, id) < 0);
  }

  draw() {
    const focused = document.activeElement?.closest?.(".grab")?.dataset.id;
    const current = focused ?? [...this.items].find(([, item]) => item.querySelector(".grab").tabIndex === 0)?.[0] ?? this.order()[0];
    const places = this.places.map((place, at) => this.place(place, at));
    this.list.replaceChildren(...places);
    const outside = this.unranked();
    this.out.replaceChildren(...outside.map((id) => this.items.get(id)));
    this.tray.classList.toggle("none", !outside.length);
    this.empty.hidden = this.places.length > 0;
    this.undoing.disabled = !this.past.length && this.picked === null;
    this.again.disabled = !this.places.length;
    for (const [id, item] of this.items) this.dress(id, item);
    this.rove(this.items.get(current).querySelector(".grab"));
    if (focused && this.element.isConnected) this.focus(focused, { preventScroll: true });
  }

  place(ids, at) {
    const number = h("span", { class: "number", "aria-hidden": "true" }, String(at + 1));
    return h("li", { class: ids.length > 1 ? "place shared" : "place" }, number, h("ul", {}, ids.map((id) => this.items.get(id))));
  }

  dress(id, item) {
    const picked = this.picked === id;
    const grab = item.querySelector(".grab");
    grab.setAttribute("aria-label", this.where(id));
    grab.setAttribute("aria-pressed", String(picked));
    item.classList.toggle("picked", picked);
    item.querySelector(".moves")?.remove();
    if (picked) item.append(this.moves(id));
  }

  // For who can neither drag nor has a keyboard: what the keys do, as buttons.
  moves(id) {
    const moves = [
      ["ranking.up", up, this.places[0]?.[0] === id && !shares(this.places, id)],
      ["ranking.down", down, placeOf(this.places, id) < 0],
      ...(this.field.ties ? [[shares(this.places, id) ? "ranking.apart" : "ranking.beside", tied, placeOf(this.places, id) < 1 && !shares(this.places, id)]] : []),
      ["ranking.take_out", without, placeOf(this.places, id) < 0],
    ];
    return h("div", { class: "moves", "data-tool": true }, moves.map(([word, change, off]) => this.mover(word, id, change, off)));
  }

  mover(word, id, change, off) {
    const button = tool(word, () => {
      this.step(id, change);
      this.items.get(id).querySelector(`[data-word="${word}"]:not(:disabled)`)?.focus();
    });
    button.dataset.word = word;
    button.disabled = off;
    return button;
  }

  // Rows slide to where they belong, unless one wants no motion.
  tops() {
    return new Map([...this.items.keys()].map((id) => [id, this.top(id)]));
  }

  top(id) {
    return this.items.get(id).getBoundingClientRect().top;
  }

  glide(tops) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const [id, item] of this.items) {
      const away = tops.get(id) - this.top(id);
      if (Math.abs(away) > 1) item.animate([{ translate: `0 ${away}px` }, { translate: "0 0" }], { duration: 140, easing: "ease-out" });
    }
  }

  // Saying

  where(id) {
    const at = placeOf(this.places, id);
    const label = this.labels[id];
    if (at < 0) return t("ranking.where_out", { label });
    const others = this.places[at].filter((other) => other !== id).map((other) => other.toUpperCase());
    const facts = { label, place: at + 1, places: this.places.length, others: others.join(", ") };
    return t(others.length ? "ranking.where_shared" : "ranking.where", facts);
  }

  say(text) {
    this.said.textContent = text;
  }
}

function tool(word, act) {
  const button = h("button", { type: "button", class: "button" }, t(word));
  button.addEventListener("click", act);
  return button;
}
