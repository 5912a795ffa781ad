#!/usr/bin/env node
/**
 * Starts `fus`, and keeps what the engine made of the program when a command ran to its end: the next run of that command need not
 * compile it again, which takes longer than a small script does. Compiled code is as trusted as the program, so it is kept in the
 * folder of the program: who can write there can change the program anyway. Where nobody can, it is compiled every time.
 *
 * A CommonJS module: Node starts sooner when it need not start its loader of ES modules.
 */
"use strict";

const {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { constants, Script } = require("node:vm");

const file = join(__dirname, "../dist/fus.js");
const codeFolder = join(__dirname, "../dist/code/");

/** What was read last. Both files are large, and memory that is used for the first time costs more than what is read into it. */
let content = Buffer.alloc(0);

start(process.argv.slice(2));

/** @param {string[]} args */
async function start(args) {
  // The first line of the program names its content.
  const text = read(file).toString("latin1");
  const version = `${text.slice("// ".length, "// ".length + 16)}-${process.version}-${process.arch}-`;
  const codeFile = keepsCode(args[0]) ? `${codeFolder}${version}${args[0]}` : undefined;
  const cachedData = codeFile === undefined ? undefined : readCode(codeFile);
  const script = new Script(text, {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  /** @type {{ exports: Partial<typeof import("../src/index.js")> }} */
  const program = { exports: {} };
  script.runInThisContext()(program.exports, program, require, pathToFileURL(file).href);
  const exitCode = await program.exports.main?.(args);
  process.exitCode = exitCode;
  if (codeFile !== undefined && exitCode === 0 && (cachedData === undefined || script.cachedDataRejected))
    writeCode(codeFile, version, script.createCachedData());
}

/** @param {string | undefined} command */
function keepsCode(command = "") {
  return process.env["NODE_DISABLE_COMPILE_CACHE"] === undefined && /^[a-z]+$/.test(command);
}

/**
 * The kept code; undefined where there is none, or where it is damaged: the engine would not survive that.
 *
 * @param {string} path
 */
function readCode(path) {
  try {
    const bytes = read(path);
    const [length, sum] = new Int32Array(bytes.buffer, bytes.byteOffset, 2);
    const code = bytes.subarray(8);
    return length === code.length && sum === sumOf(code) ? code : undefined;
  } catch {
    // Not there, or not to be read: the program is compiled as if nothing had been kept.
    return undefined;
  }
}

/**
 * What a file holds, until the next one is read.
 *
 * @param {string} path
 */
function read(path) {
  const descriptor = openSync(path, "r");
  try {
    const { size } = fstatSync(descriptor);
    if (content.length < size) content = Buffer.allocUnsafeSlow(size);
    let length = 0;
    for (let got = -1; got !== 0 && length < size; length += got)
      got = readSync(descriptor, content, length, size - length, null);
    return content.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Keeps code, behind its length and its sum, and gives up what other versions or broken runs have left.
 *
 * @param {string} path
 * @param {string} version    what the names of files for this program and this engine start with
 * @param {Buffer} code
 */
function writeCode(path, version, code) {
  const draft = `${path}.${process.pid}`;
  try {
    mkdirSync(codeFolder, { recursive: true });
    for (const name of readdirSync(codeFolder))
      if (!/^[a-z]+$/.test(name.replace(version, ""))) rmSync(codeFolder + name);
    const descriptor = openSync(draft, "wx");
    try {
      const header = new Uint8Array(Int32Array.of(code.length, sumOf(code)).buffer);
      for (const part of [header, code])
        for (let at = 0; at < part.length; ) at += writeSync(descriptor, part, at);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, path);
  } catch {
    // A folder that takes no files, or another run was quicker: that is no trouble of who runs a script.
  }
}

/**
 * Damage comes in blocks of a disk or pages of memory, so one word of every 512 bytes tells.
 *
 * @param {Buffer} code
 */
function sumOf(code) {
  const words = new Int32Array(code.buffer, code.byteOffset, code.length >> 2);
  let sum = 0;
  for (let at = 0; at < words.length; at += 128) sum = (Math.imul(sum, 31) + (words[at] ?? 0)) | 0;
  return sum;
}
