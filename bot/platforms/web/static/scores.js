// A score for each option: a row of numbers, and one for none, since a number once chosen can't be unchosen.

import { h } from "./dom.js";
import { t } from "./words.js";

const NONE = "";

export function scores(field) {
  const sheets = field.choices.map((choice) => sheet(field, choice));
  const id = `field-${field.name}`;
  const element = h(
    "div",
    { class: "field scores", role: "group", "aria-labelledby": id },
    h("div", { class: "legend", id }, field.label),
    field.hint ? h("small", {}, field.hint) : null,
    sheets.map((each) => each.element),
  );
  const write = (value) => {
    const given = Object.fromEntries(value.split(",").filter(Boolean).map((part) => part.split("=")));
    sheets.forEach((each) => each.choose(given[each.id] ?? NONE));
  };
  write(field.value);
  const read = () => sheets.filter((each) => each.chosen()).map((each) => `${each.id}=${each.chosen()}`).join(",");
  return { name: field.name, element, read, write };
}

function sheet(field, { value: id, label }) {
  const numbers = [NONE, ...Array.from({ length: field.most + 1 }, (_, number) => String(number))];
  const inputs = numbers.map((number) => h("input", { type: "radio", name: `${field.name}.${id}`, value: number }));
  const labels = inputs.map((input) => h("label", { class: "number" }, input, input.value === NONE ? none() : h("span", {}, input.value)));
  return {
    id,
    element: h("fieldset", { class: "score" }, h("legend", {}, label), h("div", { class: "numbers" }, labels)),
    chosen: () => inputs.find((input) => input.checked)?.value ?? NONE,
    choose: (number) => inputs.forEach((input) => (input.checked = input.value === number)),
  };
}

function none() {
  return h("span", {}, h("span", { "aria-hidden": "true" }, "–"), h("span", { class: "hidden" }, t("scores.none")));
}
