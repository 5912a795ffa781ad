/**
 * The part of the library that is written in the language: functions that call the program back run on the machine's own frames, so that they can be
 * deep, wait, be metered and be compiled like any other code.
 */
import { type BytecodeMember, type HostModule, libraryFunctions } from "@fusabi/vm";
import { preludeFiles } from "./generated/prelude.js";

/** Name of a file of the folder `prelude`, without its extension. */
export type PreludeName = keyof typeof preludeFiles;

/** Declares a member that is the function `name` of a file: type, doc sentence, name. */
export type PreludeFile = (type: string, doc: string, name: string) => BytecodeMember;

type Functions = ReturnType<typeof libraryFunctions>;

export class Prelude {
  readonly #imports: () => readonly HostModule[];
  readonly #linked = new Map<PreludeName, Functions>();

  /** `imports` are the modules that the prelude itself may call. */
  constructor(imports: () => readonly HostModule[]) {
    this.#imports = imports;
  }

  /** Members of a file. It is decoded and linked when a program uses one of them first. */
  file(file: PreludeName): PreludeFile {
    return (type, doc, name) => ({ type, doc, code: () => this.#function(file, name) });
  }

  #function(file: PreludeName, name: string): ReturnType<BytecodeMember["code"]> {
    let functions = this.#linked.get(file);
    if (functions === undefined) {
      functions = libraryFunctions(bytesOf(preludeFiles[file]), this.#imports());
      this.#linked.set(file, functions);
    }
    const found = functions.get(name);
    if (found === undefined) throw new RangeError(`the prelude file ${file} has no function ${name}`);
    return found;
  }
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
}
