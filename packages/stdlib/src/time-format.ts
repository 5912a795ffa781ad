/** Times as text: formats with `%Y %m %d %H %M %S`, in UTC. */
import { BadTimeFormat } from "./errors.js";

/** `%Y-%m-%d` and the like, written for a time in milliseconds. Throws {@link BadTimeFormat}. */
export function formatTime(format: string, milliseconds: number): string {
  if (milliseconds <= -1000 || milliseconds > LAST) throw new BadTimeFormat("Invalid timestamp");
  // Between -999 and -1 the original cut the milliseconds towards zero.
  const date = new Date(Math.trunc(milliseconds / 1000) * 1000);
  let text = "";
  for (let at = 0; at < format.length; at++) {
    const unit = format.charAt(at);
    if (unit !== "%") {
      text += unit;
      continue;
    }
    at++;
    if (at === format.length) throw new BadTimeFormat("Incomplete format specifier at end of string");
    text += part(date, String.fromCodePoint(format.codePointAt(at) ?? 0));
  }
  return text;
}

/** The last time that a JavaScript date can hold; it is in the year 275760. */
const LAST = 8.64e15;

function part(date: Date, specifier: string): string {
  switch (specifier) {
    case "Y":
      return digits(date.getUTCFullYear(), 4);
    case "m":
      return digits(date.getUTCMonth() + 1, 2);
    case "d":
      return digits(date.getUTCDate(), 2);
    case "H":
      return digits(date.getUTCHours(), 2);
    case "M":
      return digits(date.getUTCMinutes(), 2);
    case "S":
      return digits(date.getUTCSeconds(), 2);
    case "%":
      return "%";
    default:
      throw new BadTimeFormat(`Unknown time format specifier: %${specifier}`);
  }
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

const WIDTHS: Readonly<Record<string, number>> = { Y: 4, m: 2, d: 2, H: 2, M: 2, S: 2 };

/** The time that the text is in this format, or undefined. Text left over behind the format is ignored. */
export function parseTime(format: string, text: string): number | undefined {
  const fields: Record<string, number> = { Y: 1970, m: 1, d: 1, H: 0, M: 0, S: 0 };
  let position = 0;
  for (let at = 0; at < format.length; at++) {
    const unit = format.charAt(at);
    if (unit !== "%") {
      if (text.charAt(position) !== unit) return undefined;
      position++;
      continue;
    }
    at++;
    const specifier = format.charAt(at);
    const width = Object.hasOwn(WIDTHS, specifier) ? WIDTHS[specifier] : undefined;
    if (width === undefined) return undefined;
    const written = text.slice(position, position + width);
    if (written.length !== width || !/^[0-9]+$/.test(written)) return undefined;
    fields[specifier] = Number(written);
    position += width;
  }
  return utc(
    fields["Y"] ?? 0,
    fields["m"] ?? 0,
    fields["d"] ?? 0,
    fields["H"] ?? 0,
    fields["M"] ?? 0,
    fields["S"] ?? 0,
  );
}

/** Milliseconds of a moment that exists and is not before 1970. */
function utc(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  if (year < 1970) return undefined;
  return moment(year, month, day, hour, minute, second, 0);
}

/** Milliseconds of a date and time of day that exist in UTC. */
function moment(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  millisecond: number,
): number | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, millisecond);
  // A day that does not exist has moved into the next month.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.getTime();
}

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,64}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/** The time of an RFC 3339 text, which names its zone; digits behind the milliseconds are cut off. A leap second is the second after it. */
export function parseIso(text: string): number | undefined {
  const match = RFC_3339.exec(text);
  if (match === null) return undefined;
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second,
    fraction = "",
    sign,
    zoneHours = "00",
    zoneMinutes = "00",
  ] = match;
  if (Number(zoneHours) > 23 || Number(zoneMinutes) > 59) return undefined;
  const leap = second === "60" ? 1 : 0;
  const milliseconds = Number(fraction.padEnd(3, "0").slice(0, 3));
  const local = moment(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second) - leap,
    milliseconds,
  );
  if (local === undefined) return undefined;
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000;
  return local + leap * 1000 - (sign === "-" ? -offset : offset);
}

/** `2024-02-29T23:59:59.000Z`. Throws {@link BadTimeFormat} for a time that no calendar date has. */
export function toIso(milliseconds: number): string {
  if (!(Math.abs(milliseconds) <= LAST)) throw new BadTimeFormat("Invalid timestamp");
  return new Date(milliseconds).toISOString();
}
