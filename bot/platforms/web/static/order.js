// A ranking as data: places from the best on, each a list of the ids that share it. Every change makes a new ranking.

export function parse(text) {
  return text ? text.split(">").map((place) => place.split("=")) : [];
}

export function write(places) {
  return places.map((place) => place.join("=")).join(">");
}

// The place of an id, from 0; -1 when it has none.
export function placeOf(places, id) {
  return places.findIndex((place) => place.includes(id));
}

export function shares(places, id) {
  return (places[placeOf(places, id)]?.length ?? 0) > 1;
}

export function without(places, id) {
  return places.map((place) => place.filter((other) => other !== id)).filter((place) => place.length);
}

// An id at a place of its own, before what stands at `at` once the id is taken out.
export function put(places, id, at) {
  const rest = without(places, id);
  return [...rest.slice(0, at), [id], ...rest.slice(at)];
}

// An id at the place of another.
export function beside(places, id, other) {
  return without(places, id).map((place) => (place.includes(other) ? [...place, id] : place));
}

export function last(places, id) {
  return put(places, id, places.length);
}

// One place up: out of a shared place, before the place above, or from outside to the end.
export function up(places, id) {
  const at = placeOf(places, id);
  if (at < 0) return last(places, id);
  return put(places, id, shares(places, id) ? at : Math.max(0, at - 1));
}

// One place down: out of a shared place, behind the place below, or from the end to outside.
export function down(places, id) {
  const at = placeOf(places, id);
  if (at < 0) return places;
  if (shares(places, id)) return put(places, id, at + 1);
  return at === places.length - 1 ? without(places, id) : put(places, id, at + 1);
}

// To the place above, or out of a shared place to one of its own right below.
export function tied(places, id) {
  const at = placeOf(places, id);
  if (shares(places, id)) return put(places, id, at + 1);
  return at > 0 ? beside(places, id, places[at - 1][0]) : places;
}
