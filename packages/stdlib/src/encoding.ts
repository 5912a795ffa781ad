/** The module `Encoding`: texts, as UTF-8, in base64 and hexadecimal. */
import { type HostModule, hostModule, type NativeContext } from "@fusabi/vm";
import { allocateString, chargeText } from "./allocation.js";
import { native } from "./declaration.js";
import { optional } from "./products.js";

const encoder = new TextEncoder();
/** Bytes that are no UTF-8 are refused; a byte-order mark is a character like others. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Arguments that one call takes. */
const CHUNK = 0x2000;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case digits, two for each byte. */
export function hexOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** The UTF-8 of a text, paid for. */
export function utf8Of(context: NativeContext, text: string): Uint8Array {
  chargeText(context, text.length);
  return encoder.encode(text);
}

/** The text that bytes are; undefined when they are no UTF-8. */
function textOf(context: NativeContext, bytes: Uint8Array): string | undefined {
  try {
    allocateString(context, bytes.length);
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function toBase64(context: NativeContext, text: string): string {
  const bytes = utf8Of(context, text);
  allocateString(context, Math.ceil(bytes.length / 3) * 4);
  let units = "";
  for (let at = 0; at < bytes.length; at += CHUNK)
    units += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(units);
}

/** Only the one spelling that an encoder writes: whole groups of four, padded, no spare bits. */
function ofBase64(context: NativeContext, text: string): string | undefined {
  chargeText(context, text.length);
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  if (/[^A-Za-z0-9+/]/.test(text.slice(0, text.length - padding))) return undefined;
  const units = atob(text);
  if (padding > 0 && btoa(units.slice(-((3 - padding) % 3))) !== text.slice(-4)) return undefined;
  return textOf(
    context,
    Uint8Array.from(units, (unit) => unit.charCodeAt(0)),
  );
}

function toHex(context: NativeContext, text: string): string {
  const bytes = utf8Of(context, text);
  allocateString(context, bytes.length * 2);
  return hexOf(bytes);
}

function ofHex(context: NativeContext, text: string): string | undefined {
  chargeText(context, text.length);
  if (text.length % 2 !== 0 || /[^0-9A-Fa-f]/.test(text)) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16);
  return textOf(context, bytes);
}

export const encodingModule: HostModule = hostModule("Encoding", {
  toBase64: native("string -> string", "The text's UTF-8 in base64.", toBase64),
  ofBase64: native(
    "string -> string option",
    "The text behind base64; None if it is no base64 or no UTF-8.",
    (context: NativeContext, text: string) => optional(context, ofBase64(context, text)),
  ),
  toHex: native("string -> string", "The text's UTF-8 in lower-case hexadecimal digits.", toHex),
  ofHex: native(
    "string -> string option",
    "The text behind hexadecimal digits; None if they are none or no UTF-8.",
    (context: NativeContext, text: string) => optional(context, ofHex(context, text)),
  ),
});
