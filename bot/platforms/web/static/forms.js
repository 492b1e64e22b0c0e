// Forms as native dialogs. What was typed is kept until it has arrived, and while the dialog is closed.

import { h } from "./dom.js";
import { drawCard } from "./draw.js";
import { nonce } from "./net.js";
import { ranking } from "./ranking.js";
import { scores } from "./scores.js";
import { language, t } from "./words.js";

const kept = new Map();

// `deliver(fields, event)` resolves to a refused card, or null when all is done; it throws when it did not arrive.
export function openForm(card, over, uploadLimit, deliver) {
  const { form } = card;
  const key = `${over} ${form.intent}`;
  const fields = form.fields.map((field) => draw(field, uploadLimit));
  const typed = kept.get(key);
  const trouble = h("div", { class: "trouble", role: "alert", hidden: true });
  const submit = h("button", { type: "submit", class: "button main" }, form.submit || t("submit"));
  const cancel = h("button", { type: "button", class: "button" }, t("cancel"));
  const body = h(
    "form",
    { method: "dialog" },
    h("h2", { id: "form-title" }, form.title),
    drawCard({ ...card, title: [], form: null, actions: [], picks: [], files: [] }, {}, ""),
    typed ? h("p", { class: "small" }, t("form_kept")) : null,
    fields.map((field) => field.element),
    trouble,
    h("div", { class: "actions" }, submit, cancel),
  );
  const dialog = h("dialog", { "aria-labelledby": "form-title", lang: card.locale }, body);
  let event = nonce();

  const values = () => Object.fromEntries(fields.map((field) => [field.name, field.read()]));
  const before = JSON.stringify(values());
  if (typed) fields.forEach((field) => field.write?.(typed[field.name]));

  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    if (JSON.stringify(values()) !== before && !dialog.dataset.done) kept.set(key, values());
    else kept.delete(key);
    dialog.remove();
  });
  body.addEventListener("input", () => {
    event = nonce(); // other words are another sending
    fields.forEach((field) => field.check?.());
  });
  body.addEventListener("submit", async (submitted) => {
    submitted.preventDefault();
    if (submit.getAttribute("aria-busy") === "true") return;
    fields.forEach((field) => field.check?.());
    if (!body.reportValidity()) return;
    submit.setAttribute("aria-busy", "true");
    trouble.hidden = true;
    try {
      const refused = await deliver(values(), event, () => finish());
      if (refused) say(trouble, drawCard({ ...refused, actions: [], picks: [], files: [], form: null }, {}, ""));
      event = nonce();
    } catch {
      say(trouble, h("p", {}, t("not_sent")));
    }
    submit.removeAttribute("aria-busy");
  });
  const finish = () => {
    dialog.dataset.done = "yes";
    dialog.close();
  };
  document.body.append(dialog);
  dialog.showModal();
  fields.forEach((field) => field.check?.());
}

function say(trouble, ...nodes) {
  trouble.replaceChildren(...nodes);
  trouble.hidden = false;
  trouble.scrollIntoView({ block: "nearest" });
}

function draw(field, uploadLimit) {
  if (field.kind === "one" || field.kind === "many") return choices(field);
  if (field.kind === "ranking") return ranking(field);
  if (field.kind === "scores") return scores(field);
  if (field.kind === "file") return file(field, uploadLimit);
  return text(field);
}

function labelled(field, input, ...notes) {
  const id = `field-${field.name}`;
  input.id = id;
  const hint = [field.hint, ...notes].filter(Boolean);
  const described = hint.length ? h("small", { id: `${id}-hint` }, hint.map((part) => (typeof part === "string" ? `${part} ` : part))) : null;
  if (described) input.setAttribute("aria-describedby", described.id);
  return h("div", { class: "field" }, h("label", { for: id }, field.label, optional(field)), input, described);
}

function optional(field) {
  return field.required ? null : h("span", { class: "optional" }, ` (${t("optional")})`);
}

function text(field) {
  const attributes = { name: field.name, required: field.required, minlength: field.least || null, maxlength: field.most || null };
  const input = field.kind === "text" ? h("textarea", { ...attributes, rows: 4 }) : h("input", { ...attributes, type: "text" });
  input.value = field.value;
  const left = h("span", { class: "left" });
  const check = () => {
    const room = field.most - input.value.length;
    left.textContent = field.most && room < field.most * 0.2 ? t("characters_left", { count: room.toLocaleString(language()) }) : "";
  };
  return { name: field.name, element: labelled(field, input, field.most ? left : ""), read: () => input.value, write: (value) => (input.value = value), check };
}

function file(field, uploadLimit) {
  const input = h("input", { type: "file", name: field.name, required: field.required });
  const mega = (bytes) => (bytes / 1048576).toLocaleString(language(), { maximumFractionDigits: 1 });
  const check = () => {
    const size = input.files[0]?.size ?? 0;
    input.setCustomValidity(size > uploadLimit ? t("file_too_large", { size: mega(size), limit: mega(uploadLimit) }) : "");
  };
  const limit = t("file_limit", { limit: mega(uploadLimit) });
  return { name: field.name, element: labelled(field, input, limit), read: () => input.files[0] ?? "", check };
}

function choices(field) {
  const many = field.kind === "many";
  const inputs = field.choices.map((choice) => choiceInput(field, choice, many));
  const count = h("small", { class: "count", "aria-live": "polite" });
  const rule = h("small", { id: `field-${field.name}-rule` }, [field.hint, many ? limits(field) : ""].filter(Boolean).join(" "));
  const element = h(
    "fieldset",
    { class: "field", "aria-describedby": rule.id },
    h("legend", {}, field.label, optional(field)),
    rule,
    inputs.map((input, index) => choiceLine(input, field.choices[index])),
    many && field.most ? count : null,
  );
  const chosen = () => inputs.filter((input) => input.checked);
  const check = () => {
    if (!many) return;
    const full = field.most > 0 && chosen().length >= field.most;
    for (const input of inputs) input.disabled = full && field.most > 1 && !input.checked;
    const least = Math.max(field.least, field.required ? 1 : 0);
    const few = chosen().length < least && (field.required || chosen().length > 0);
    inputs[0]?.setCustomValidity(few ? t("too_few", { least }) : "");
    const said = field.most ? t("chosen_count", { count: chosen().length, most: field.most }) : "";
    if (count.textContent !== said) count.textContent = said;
  };
  const write = (value) => inputs.forEach((input) => (input.checked = value.split(",").includes(input.value)));
  return { name: field.name, element, read: () => chosen().map((input) => input.value).join(","), write, check };
}

function choiceInput(field, choice, many) {
  const attributes = { type: many ? "checkbox" : "radio", name: field.name, value: choice.value, required: !many && field.required };
  const input = h("input", attributes);
  input.checked = choice.chosen;
  return input;
}

function choiceLine(input, choice) {
  return h("label", { class: "choice" }, input, h("span", {}, choice.label, choice.detail ? h("small", {}, choice.detail) : null));
}

function limits({ least, most }) {
  if (!most) return "";
  if (least === most) return t("choose_exactly", { most });
  return least > 1 ? t("choose_between", { least, most }) : t("choose_up_to", { most });
}
