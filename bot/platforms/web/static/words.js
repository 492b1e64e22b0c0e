// The page's own words in the reader's language, and moments in the reader's own time zone.

import { h } from "./dom.js";

let words = {};
let locale = "en";

export function setWords(page) {
  words = page.words;
  locale = page.locale;
  document.documentElement.lang = locale;
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = t(element.dataset.word);
  }
}

export function language() {
  return locale;
}

export function t(key, values = {}) {
  const text = words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// A text of ours with **bold** in it, as nodes.
export function marked(text) {
  return text.split("**").map((part, index) => (index % 2 ? h("strong", {}, part) : part));
}

const STYLES = {
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  d: { dateStyle: "short" },
  t: { timeStyle: "short" },
};
const STEPS = [["year", 31557600], ["month", 2629800], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];

function absolute(seconds, style) {
  return new Intl.DateTimeFormat(locale, STYLES[style] ?? STYLES.f).format(new Date(seconds * 1000));
}

function relative(seconds) {
  const away = seconds - Date.now() / 1000;
  const [unit, size] = STEPS.find(([, step]) => Math.abs(away) >= step) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.round(away / size), unit);
}

function said(seconds, style) {
  return style === "R" ? relative(seconds) : absolute(seconds, style);
}

export function moment(seconds, style) {
  const when = new Date(seconds * 1000);
  const attributes = { datetime: when.toISOString(), title: absolute(seconds, "F"), "data-moment": seconds, "data-style": style };
  return h("time", attributes, said(seconds, style));
}

// "in 3 minutes" grows old while one looks at it.
export function keepMoments(root) {
  setInterval(() => {
    for (const time of root.querySelectorAll('time[data-style="R"]')) {
      const now = said(Number(time.dataset.moment), "R");
      if (time.textContent !== now) time.textContent = now;
    }
  }, 15000);
}
