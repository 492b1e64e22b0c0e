// The command line: a combobox that suggests how to go on, and sends what stands there.

import { h } from "./dom.js";
import { t } from "./words.js";

export const COMMAND = /^[/\uff0f]/; // the second is what keyboards of Chinese and Japanese write

export class Composer {
  // `ask(line)` resolves to {items, ready}; `say(line)` sends; `tell(text)` speaks to a screen reader.
  constructor(form, input, list, { ask, say, tell }) {
    Object.assign(this, { input, list, ask, say, tell });
    this.items = [];
    this.active = -1;
    this.ready = true;
    this.said = [];
    this.turn = 0;
    form.addEventListener("submit", (event) => this.submit(event));
    input.addEventListener("input", () => this.look());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("focus", () => this.look());
    input.addEventListener("blur", () => this.close());
    list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the line
  }

  async look() {
    const line = this.input.value;
    const turn = ++this.turn;
    if (!COMMAND.test(line)) return this.show([], true);
    try {
      const { items, ready } = await this.ask(line);
      if (turn === this.turn) this.show(items, ready);
    } catch {
      if (turn === this.turn) this.show([], true); // suggestions are a help; the notice tells of a lost connection
    }
  }

  show(items, ready) {
    this.items = items;
    this.ready = ready;
    this.known = this.input.value;
    this.list.replaceChildren(...items.map((item, index) => this.option(item, index)));
    this.list.hidden = items.length === 0 || document.activeElement !== this.input;
    this.list.scrollTop = 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.mark(-1);
    if (!this.list.hidden && this.told !== items.length) this.tell(t("suggestion_count", { count: items.length }));
    this.told = items.length;
  }

  option(item, index) {
    const detail = item.detail ? h("small", {}, item.detail) : null;
    const option = h("li", { id: `suggestion-${index}`, role: "option", "aria-selected": "false" }, h("span", {}, item.label), detail);
    option.addEventListener("click", () => this.take(index));
    return option;
  }

  mark(index) {
    this.active = index;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", `suggestion-${index}`);
    this.list.children[index].scrollIntoView({ block: "nearest" });
  }

  take(index) {
    this.input.value = this.items[index].line;
    this.input.focus();
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
    this.look();
  }

  close() {
    this.turn += 1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  key(event) {
    const open = !this.list.hidden && this.items.length > 0;
    if (event.isComposing) return;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) return this.step(event);
    if (open && event.key === "Tab" && !event.shiftKey) return this.accept(event, Math.max(0, this.active));
    if (open && event.key === "Enter" && this.active >= 0) return this.accept(event, this.active);
    if (event.key === "Enter" && COMMAND.test(this.input.value)) return this.finish(event);
    if (open && event.key === "Escape") return event.preventDefault(), this.close();
    if (event.key === "ArrowUp" && !this.input.value) return this.recall(event);
  }

  step(event) {
    event.preventDefault();
    const count = this.items.length;
    const step = event.key === "ArrowDown" ? 1 : -1;
    this.mark(this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count);
  }

  accept(event, index) {
    event.preventDefault();
    this.take(index);
  }

  // An unfinished command takes the first way to go on; a whole one is sent. What was just typed is looked up first,
  // and the line is free meanwhile: what is typed next is the next line.
  async finish(event) {
    event.preventDefault();
    const line = this.input.value;
    if (this.known === line) return this.ready || !this.items.length || this.list.hidden ? this.send(line) : this.take(0);
    this.input.value = "";
    const { items, ready } = await this.ask(line).catch(() => ({ items: [], ready: true }));
    if (ready || !items.length || this.input.value) return this.send(line);
    this.input.value = line;
    this.show(items, ready);
    this.take(0);
  }

  recall(event) {
    event.preventDefault();
    this.input.value = this.said[this.said.length - 1] ?? "";
    this.close();
  }

  submit(event) {
    event.preventDefault();
    this.send(this.input.value);
    this.input.focus();
  }

  send(whole) {
    const line = whole.trim();
    if (!line) return;
    this.said.push(line);
    if (this.input.value === whole) this.input.value = "";
    this.close();
    this.say(line);
  }
}
