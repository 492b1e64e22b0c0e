// Dragging an item of a list with mouse, pen or finger. It knows of items and heights, and nothing of what they mean.

const FAR = 5; // px that make a drag of a press
const EDGE = 56; // px from the end of what scrolls where it begins to
const STEP = 9; // px scrolled per frame there

// `on` has start(item), over(y), drop(y) and cancel(). A finger drags by the handle, so that it can scroll by the rest.
export function draggable(root, on) {
  let held = null;

  root.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("[data-drag]");
    const byHandle = event.target.closest("[data-handle]");
    if (!item || held || event.button !== 0 || event.target.closest("[data-tool]")) return;
    if (event.pointerType !== "mouse" && !byHandle) return;
    held = { item, id: event.pointerId, x: event.clientX, y: event.clientY, from: event.clientY, moving: false, scroller: scrollerOf(root) };
    held.top = held.scroller.scrollTop;
  });

  root.addEventListener("pointermove", (event) => {
    if (event.pointerId !== held?.id) return;
    held.y = event.clientY;
    if (!held.moving && Math.hypot(event.clientX - held.x, held.y - held.from) >= FAR) begin();
    if (held.moving) follow();
  });

  root.addEventListener("pointerup", (event) => event.pointerId === held?.id && end(() => on.drop(held.y)));
  root.addEventListener("pointercancel", (event) => event.pointerId === held?.id && end(() => on.cancel()));
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !held?.moving) return;
    event.preventDefault();
    end(() => on.cancel());
  });
  root.addEventListener("dragstart", (event) => event.preventDefault());

  function begin() {
    held.moving = true;
    root.setPointerCapture(held.id);
    held.item.classList.add("dragged");
    on.start(held.item);
    held.frame = requestAnimationFrame(scroll);
  }

  function follow() {
    const scrolled = held.scroller.scrollTop - held.top;
    held.item.style.translate = `0 ${held.y - held.from + scrolled}px`;
    on.over(held.y);
  }

  // At the ends of what scrolls, it goes on by itself as long as one holds still there.
  function scroll() {
    if (!held?.moving) return;
    const { top, bottom } = viewOf(held.scroller);
    const way = held.y < top + EDGE ? -STEP : held.y > bottom - EDGE ? STEP : 0;
    const before = held.scroller.scrollTop;
    if (way) held.scroller.scrollTop += way;
    if (held.scroller.scrollTop !== before) follow();
    held.frame = requestAnimationFrame(scroll);
  }

  function end(then) {
    const { item, moving, frame, id } = held;
    cancelAnimationFrame(frame);
    if (moving) {
      item.classList.remove("dragged");
      item.style.translate = "";
      if (root.hasPointerCapture(id)) root.releasePointerCapture(id);
      addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", swallow, { capture: true })); // none comes after every drag
      then();
    }
    held = null;
  }
}

function swallow(event) {
  event.stopPropagation();
  event.preventDefault();
}

export function scrollerOf(element) {
  return element.closest("dialog") ?? document.scrollingElement;
}

// What is seen of it: without what sticks to its end.
function viewOf(scroller) {
  const box = scroller.getBoundingClientRect();
  const foot = scroller.querySelector("form > .actions");
  return { top: Math.max(0, box.top), bottom: Math.min(innerHeight, foot ? foot.getBoundingClientRect().top : box.bottom) };
}
