/**
 * Finding a text in a text in linear time. The engine's own search is fast and, for long texts that nearly fit everywhere, quadratic: a program could
 * stop the host with it, and no limit would be looked at. So only short needles are left to it.
 */
import type { NativeContext } from "@fusabi/vm";
import { joined, Pace } from "./pieces.js";

/** Longest needle for the engine. */
const SHORT = 32;
/** Units of a text that the engine splits in one go. */
const STRETCH = 2 ** 19;

/** The first place at or behind `from`, or -1. */
export function firstPlace(context: NativeContext, text: string, needle: string, from: number = 0): number {
  if (needle.length <= SHORT) return text.indexOf(needle, from);
  const borders = bordersOf(context, needle);
  const pace = new Pace(context);
  let matched = 0;
  for (let at = from; at < text.length; at++) {
    pace.did(1);
    const unit = text.charCodeAt(at);
    while (matched > 0 && unit !== needle.charCodeAt(matched)) matched = borders[matched - 1] ?? 0;
    if (unit === needle.charCodeAt(matched)) matched++;
    if (matched === needle.length) return at + 1 - matched;
  }
  return -1;
}

/** The last place, or -1. */
export function lastPlace(context: NativeContext, text: string, needle: string): number {
  if (needle.length <= SHORT) return text.lastIndexOf(needle);
  const borders = bordersOf(context, needle);
  const pace = new Pace(context);
  let matched = 0;
  let last = -1;
  for (let at = 0; at < text.length; at++) {
    pace.did(1);
    const unit = text.charCodeAt(at);
    while (matched > 0 && (matched === needle.length || unit !== needle.charCodeAt(matched)))
      matched = borders[matched - 1] ?? 0;
    if (unit === needle.charCodeAt(matched)) matched++;
    if (matched === needle.length) last = at + 1 - matched;
  }
  return last;
}

/** How many places there are, from left to right, that do not overlap. The needle is not empty. */
export function countPlaces(context: NativeContext, text: string, needle: string): number {
  // Those of a long needle are few.
  if (needle.length > SHORT) return allPlaces(context, text, needle).length;
  let count = 0;
  const pace = new Pace(context);
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
    count++;
    pace.did(1);
  }
  return count;
}

/** What stands before, between and behind the places of a text that is not empty, from left to right, without overlap. */
export function partsBetween(context: NativeContext, text: string, separator: string): string[] {
  if (separator.length <= SHORT) {
    if (text.length <= STRETCH) return text.split(separator);
    if (bordersOf(context, separator)[separator.length - 1] === 0)
      return partsOfStretches(context, text, separator);
  }
  let from = 0;
  const parts = allPlaces(context, text, separator).map((place) => {
    const part = text.slice(from, place);
    from = place + separator.length;
    return part;
  });
  parts.push(text.slice(from));
  return parts;
}

/** As `partsBetween`, for a short separator that cannot overlap with itself: then a search that begins anywhere finds none but the places that count. */
function partsOfStretches(context: NativeContext, text: string, separator: string): string[] {
  const stretches: string[][] = [];
  let from = 0;
  while (from <= text.length) {
    const place = firstPlace(context, text, separator, from + STRETCH);
    const to = place < 0 ? text.length : place;
    stretches.push(text.slice(from, to).split(separator));
    context.checkTime();
    from = to + separator.length;
  }
  return joined(context, stretches);
}

/** All places of a needle that is long or can overlap with itself. */
function allPlaces(context: NativeContext, text: string, needle: string): number[] {
  const places: number[] = [];
  const borders = bordersOf(context, needle);
  const pace = new Pace(context);
  let matched = 0;
  for (let at = 0; at < text.length; at++) {
    pace.did(1);
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
function bordersOf(context: NativeContext, needle: string): Int32Array {
  const borders = new Int32Array(needle.length);
  const pace = new Pace(context);
  let matched = 0;
  for (let at = 1; at < needle.length; at++) {
    pace.did(1);
    const unit = needle.charCodeAt(at);
    while (matched > 0 && unit !== needle.charCodeAt(matched)) matched = borders[matched - 1] ?? 0;
    if (unit === needle.charCodeAt(matched)) matched++;
    borders[at] = matched;
  }
  return borders;
}
