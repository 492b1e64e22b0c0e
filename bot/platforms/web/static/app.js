// The page: who one is, what stands in the channel, and what one does there.

import { Channel } from "./channel.js";
import { COMMAND, Composer } from "./composer.js";
import { h } from "./dom.js";
import { openForm } from "./forms.js";
import { Closed, Line, get, nonce, post, send } from "./net.js";
import { keepMoments, marked, setWords, t } from "./words.js";

const $ = (id) => document.getElementById(id);
let page = null;

const channel = new Channel($("scroll"), $("log"), {
  act: { press, open },
  dismiss: (message) => post("/dismiss", { as: page.me, event: nonce(), message }).catch(() => {}),
  changed: drawBoards,
  below: (any) => ($("newer").hidden = !any),
});
const line = new Line({
  messages: (messages, fresh) => channel.apply(messages, { fresh }),
  lost: () => notice("lost"),
  regained: () => $("notice").dataset.word === "lost" && notice("regained", 4000),
  closed: () => notice("closed_door"),
});
new Composer($("composer"), $("line"), $("suggestions"), {
  ask: (typed) => get("/suggest", { as: page.me, line: typed }),
  say,
  tell: (text) => ($("heard").textContent = text),
});

function notice(word, ms = 0) {
  const box = $("notice");
  box.dataset.word = word;
  box.textContent = word ? t(word) : "";
  if (ms) setTimeout(() => box.dataset.word === word && notice(""), ms);
}

// What comes of a call: messages are drawn, a form opens, a language is followed.
function take(done, who) {
  if (who !== page.me) return; // somebody else looks now
  channel.apply(done.messages, { mine: true });
  if (done.form) open(done.form, done.over);
  if (done.refused) channel.apply([aside(done.refused)], { mine: true });
  if (done.locale !== page.locale) become(page.me).catch(fail);
}

function aside(body) {
  return { id: `aside-${nonce()}`, kind: "card", private: true, body, by: "", source: "", at: Date.now(), seq: Number.MAX_SAFE_INTEGER, rev: 1 };
}

function say(typed) {
  const [me, event] = [page.me, nonce()];
  const id = `line-${me}.${event}`;
  const pending = { kind: "line", by: me, private: COMMAND.test(typed), pending: true, body: { line: typed }, source: "" };
  channel.apply([{ id, ...pending, at: Date.now(), seq: Number.MAX_SAFE_INTEGER, rev: 0 }], { mine: true });
  const go = () => post("/say", { as: me, event, line: typed }).then((done) => arrived(done), (error) => (fail(error), channel.failed(id, go)));
  const arrived = (done) => {
    take(done, me);
    channel.settled(id);
  };
  go();
}

function fail(error) {
  if (error instanceof Closed) notice("closed_door");
}

async function press(intent, over, button) {
  if (button.getAttribute("aria-busy") === "true") return;
  const [me, event] = [page.me, button.dataset.event ?? nonce()];
  button.dataset.event = event; // a press that did not arrive is made again as the same press
  button.setAttribute("aria-busy", "true");
  button.parentElement.querySelector(".trouble")?.remove();
  try {
    take(await post("/press", { as: me, event, intent, message: over }), me);
    delete button.dataset.event;
  } catch (error) {
    fail(error);
    button.after(h("span", { class: "trouble", role: "alert" }, t("not_sent")));
  }
  button.removeAttribute("aria-busy");
}

function open(card, over) {
  const me = page.me;
  openForm(card, over, page.uploadLimit, async (fields, event, finish) => {
    const done = await send({ as: me, event, intent: card.form.intent, message: over }, fields);
    if (done.refused) return done.refused;
    finish();
    take(done, me);
    return null;
  });
}

function drawPeople() {
  const faces = page.people.map((person) => {
    const current = person.id === page.me;
    const role = person.moderates ? h("small", {}, t("moderator")) : current ? h("small", {}, t("you")) : null;
    const button = h("button", { type: "button", "aria-current": current ? "true" : null }, h("span", { class: "face", "aria-hidden": "true" }, person.name[0]), h("span", {}, person.name), role);
    button.addEventListener("click", () => become(person.id).catch(fail));
    return h("li", {}, button);
  });
  $("people").replaceChildren(...faces);
}

function drawBoards(boards) {
  const items = boards.map(({ id, title }) => {
    const button = h("button", { type: "button", title }, h("span", {}, title || "Tertulia"));
    button.addEventListener("click", () => channel.go(id));
    return h("li", {}, button);
  });
  $("boards").replaceChildren(...(items.length ? items : [h("li", { class: "note" }, t("boards_none"))]));
}

function drawWelcome() {
  const name = page.people.find(({ id }) => id === page.me).name;
  const title = h("h2", {}, t("welcome_title", { name }));
  $("welcome").replaceChildren(title, h("p", {}, t("welcome")), h("p", {}, marked(t("welcome_how"))));
  $("line").placeholder = t("line_hint");
  document.title = `${name} · Tertulia`;
}

function drawStarters() {
  const buttons = page.starters.map(({ label, intent }) => {
    const button = h("button", { type: "button", class: "button" }, label);
    button.addEventListener("click", () => press(intent, "", button));
    return button;
  });
  $("starters").replaceChildren(...buttons);
  $("starters").setAttribute("role", "group");
  $("starters").setAttribute("aria-label", t("start"));
}

async function become(person) {
  const focused = $("people").contains(document.activeElement);
  page = await get("/page", { as: person });
  setWords(page);
  channel.turn(page.me, page.people);
  history.replaceState(null, "", `#${page.me}`);
  $("scroll").setAttribute("aria-label", t("channel"));
  $("suggestions").setAttribute("aria-label", t("suggestions"));
  [drawPeople, drawWelcome, drawStarters].forEach((draw) => draw());
  drawBoards(channel.boards());
  if (focused) $("people").querySelector("[aria-current]").focus();
  line.listen(page.me);
}

$("newer").addEventListener("click", () => channel.toEnd());
addEventListener("hashchange", () => {
  const person = location.hash.slice(1);
  if (person !== page.me && page.people.some(({ id }) => id === person)) become(person).catch(fail);
});
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address says who one is
  $("line").focus();
});
keepMoments(document);
const first = location.hash.slice(1);
become(first || "maria").catch(() => become("maria"));
