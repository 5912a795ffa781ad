/**
 * Finding a text in a text in linear time. The engine's own search is fast and, for long texts that nearly fit everywhere, quadratic: a program could
 * stop the host with it, and no limit would be looked at. So only short needles are left to it.
 */

/** Longest needle for the engine. */
const SHORT = 32;

/** The first place at or behind `from`, or -1. */
export function firstPlace(text: string, needle: string, from: number = 0): number {
  if (needle.length <= SHORT) return text.indexOf(needle, from);
  const borders = bordersOf(needle);
  let matched = 0;
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    while (matched > 0 && unit !== needle.charCodeAt(matched)) matched = borders[matched - 1] ?? 0;
    if (unit === needle.charCodeAt(matched)) matched++;
    if (matched === needle.length) return at + 1 - matched;
  }
  return -1;
}

/** The last place, or -1. */
export function lastPlace(text: string, needle: string): number {
  if (needle.length <= SHORT) return text.lastIndexOf(needle);
  const borders = bordersOf(needle);
  let matched = 0;
  let last = -1;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    while (matched > 0 && (matched === needle.length || unit !== needle.charCodeAt(matched)))
      matched = borders[matched - 1] ?? 0;
    if (unit === needle.charCodeAt(matched)) matched++;
    if (matched === needle.length) last = at + 1 - matched;
  }
  return last;
}

/** How many places there are, from left to right, that do not overlap. The needle is not empty. */
export function countPlaces(text: string, needle: string): number {
  // Those of a long needle are few.
  if (needle.length > SHORT) return allPlaces(text, needle).length;
  let count = 0;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) count++;
  return count;
}

/** What stands before, between and behind the places of a text that is not empty, from left to right, without overlap. */
export function partsBetween(text: string, separator: string): string[] {
  if (separator.length <= SHORT) return text.split(separator);
  let from = 0;
  const parts = allPlaces(text, separator).map((place) => {
    const part = text.slice(from, place);
    from = place + separator.length;
    return part;
  });
  parts.push(text.slice(from));
  return parts;
}

/** All places of a long needle. */
function allPlaces(text: string, needle: string): number[] {
  const places: number[] = [];
  const borders = bordersOf(needle);
  let matched = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    while (matched > 0 && unit !== needle.charCodeAt(matched)) matched = borders[matched - 1] ?? 0;
    if (unit === needle.charCodeAt(matched)) matched++;
    if (matched === needle.length) {
      places.push(at + 1 - matched);
      matched = 0;
    }
  }
  return places;
}

/** For every prefix of the needle, the length of the longest shorter prefix that it also ends with (Knuth, Morris and Pratt). */
function bordersOf(needle: string): Int32Array {
  const borders = new Int32Array(needle.length);
  let matched = 0;
  for (let at = 1; at < needle.length; at++) {
    const unit = needle.charCodeAt(at);
    while (matched > 0 && unit !== needle.charCodeAt(matched)) matched = borders[matched - 1] ?? 0;
    if (unit === needle.charCodeAt(matched)) matched++;
    borders[at] = matched;
  }
  return borders;
}
