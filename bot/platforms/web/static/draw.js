// Cards as elements. A card comes as runs of text and strings for its buttons; what a button does is not decided here.

import { DOWN, OUT, h, icon } from "./dom.js";
import { language, moment, t } from "./words.js";

export function runs(parts) {
  return parts.map((part) => {
    if (typeof part === "string") return part;
    if (part.moment !== undefined) return part.bold ? h("strong", {}, moment(part.moment, part.style)) : moment(part.moment, part.style);
    let node = part.text;
    if (part.code) node = h("code", {}, node);
    if (part.link) node = h("a", { href: safe(part.link), target: "_blank", rel: "noopener noreferrer" }, node);
    return part.bold ? h("strong", {}, node) : node;
  });
}

export function plain(parts) {
  return parts.map((part) => (typeof part === "string" ? part : part.text ?? "")).join("");
}

function safe(url) {
  return /^https?:\/\//.test(url) ? url : null;
}

// `act` has press(intent, button) and open(card, button); `who` is whose files these are.
export function drawCard(card, act, who) {
  const lang = card.locale === language() ? null : card.locale;
  return h(
    "div",
    { class: "card", lang },
    card.title.length ? h("h2", {}, runs(card.title)) : null,
    blocks(card.blocks, act),
    (card.pictures ?? []).map((each) => picture(each, who)),
    card.files.map((file) => download(file, who)),
    card.form && !card.actions.length ? formButton(card, act) : null,
    rows(card.actions, act),
    card.picks.map((each) => pick(each, act)),
  );
}

// Rows as they come, but the choices of one question together, all of the same width.
function rows(all, act) {
  const drawn = [];
  for (const row of all) {
    const equal = row.every((each) => each.choice);
    const before = drawn[drawn.length - 1];
    const box = equal && before?.classList.contains("equal") ? before : h("div", { class: equal ? "actions equal" : "actions" });
    if (box !== before) drawn.push(box);
    box.append(...row.map((each) => action(each, act)));
  }
  return drawn;
}

const BLOCKS = {
  heading: (block) => h("h3", {}, runs(block.text)),
  text: (block) => h("p", {}, runs(block.text)),
  quote: (block) => h("blockquote", {}, h("p", {}, runs(block.text))),
  small: (block) => h("p", { class: "small" }, runs(block.text)),
  rule: () => h("hr"),
  bullets: (block) => bullets(block),
  facts: (block) => h("dl", {}, block.pairs.map(([name, value]) => h("div", {}, h("dt", {}, runs(name)), h("dd", {}, runs(value))))),
  bars: (block) => h("ul", { class: "bars" }, block.bars.map(bar)),
  sides: (block) => h("div", { class: "sides" }, block.sides.map(side)),
};

function blocks(all, act) {
  const drawn = [];
  let options = null;
  for (const block of all) {
    if (block.is !== "option") options = null;
    else if (!options) drawn.push((options = h("ul", { class: "options" })));
    if (options) options.append(h("li", {}, h("p", {}, runs(block.text)), action(block.action, act)));
    else drawn.push(BLOCKS[block.is](block));
  }
  return drawn;
}

function bullets(block) {
  const list = () => h(block.numbered ? "ol" : "ul", {});
  const root = list();
  const open = [root];
  for (const { text, depth } of block.items) {
    while (open.length > depth + 1) open.pop();
    while (open.length < depth + 1) {
      const parent = open[open.length - 1];
      const inner = list();
      (parent.lastElementChild ?? parent.appendChild(h("li"))).append(inner);
      open.push(inner);
    }
    open[open.length - 1].append(h("li", {}, runs(text)));
  }
  return root;
}

function bar({ mark, label, value, share }) {
  const fill = h("span", { class: "fill" });
  fill.style.width = `${share * 100}%`;
  return h(
    "li",
    { class: "bar", "data-share": share },
    mark ? h("span", { class: "mark" }, mark) : null,
    h("span", { class: "label" }, runs(label)),
    h("span", { class: "value" }, runs(value)),
    h("span", { class: "track", "aria-hidden": "true" }, fill),
  );
}

function side({ heading, texts }) {
  return h("section", {}, h("h3", {}, runs(heading)), h("ul", {}, texts.map((text) => h("li", {}, runs(text)))));
}

function action(each, act) {
  if (each.url) {
    const attributes = { class: "button", href: safe(each.url), target: "_blank", rel: "noopener noreferrer" };
    return h("a", attributes, each.label, icon(OUT));
  }
  const emoji = each.emoji ? h("span", { "aria-hidden": "true" }, `${each.emoji} `) : null;
  const button = h("button", { type: "button", class: `button ${each.style}`, "data-intent": each.intent, disabled: each.intent === null }, emoji, each.label);
  button.addEventListener("click", () => act.press(each.intent, button));
  return button;
}

// A disclosure of buttons: unlike a select, the arrow keys choose nothing before one presses.
function pick({ label, options }, act) {
  const chosen = options.find((option) => option.chosen);
  const items = options.map((option) => pickLine(option, act));
  const box = h(
    "details",
    { class: "pick" },
    h("summary", {}, h("span", {}, label), chosen ? h("em", {}, chosen.label) : null),
    h("ul", {}, items.map((item) => h("li", {}, item))),
  );
  box.addEventListener("keydown", (event) => steer(event, box, items));
  return box;
}

function pickLine(option, act) {
  const detail = option.detail ? h("small", {}, option.detail) : null;
  const mark = option.chosen ? h("span", { class: "tick" }, "✓ ", h("span", { class: "hidden" }, `${t("chosen")} `)) : null;
  const attributes = { type: "button", "data-intent": option.intent, "aria-current": option.chosen ? "true" : null };
  const button = h("button", attributes, mark, h("span", {}, option.label), detail);
  button.addEventListener("click", () => act.press(option.intent, button));
  return button;
}

function steer(event, box, items) {
  if (event.key === "Escape" && box.open) {
    box.open = false;
    box.querySelector("summary").focus();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !box.open) return;
  event.preventDefault();
  const at = items.indexOf(document.activeElement);
  items[Math.min(items.length - 1, Math.max(0, at + step))].focus();
}

function formButton(card, act) {
  const button = h("button", { type: "button", class: "button main", "data-form": "yes" }, t("fill_in"));
  button.addEventListener("click", () => act.open(card, button));
  return h("div", { class: "actions" }, button);
}

function picture({ id, dark, alt, width, height }, who) {
  const source = dark ? h("source", { srcset: `/files/${dark}?as=${who}`, media: "(prefers-color-scheme: dark)" }) : null;
  const size = width && height ? { width, height } : {};
  return h("picture", { class: "picture" }, source, h("img", { src: `/files/${id}?as=${who}`, alt, ...size }));
}

function download(file, who) {
  const size = t("size_kb", { size: Math.max(1, Math.round(file.size / 1024)).toLocaleString(language()) });
  const attributes = { class: "button file", href: `/files/${file.id}?as=${who}`, download: file.name };
  return h("p", { class: "files" }, h("a", attributes, icon(DOWN), t("download", { name: file.name }), h("small", {}, size)));
}
