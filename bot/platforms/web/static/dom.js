// Elements made from data: texts become text nodes, never markup.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const LOCK = "M5 7V5a3 3 0 0 1 6 0v2M3.500 7h9v6.500h-9z";
export const CROSS = "M4 4l8 8M12 4l-8 8";
export const DOWN = "M8 2.500v7M4.500 6.500L8 10l3.500-3.500M3 13h10";
export const OUT = "M6.500 3.500H3v9.500h9.500V9.500M9.500 3H13v3.500M13 3L7.500 8.500";
