/** Texts for a terminal, or the same texts plain. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
}

export function styleFor(colour: boolean): Style {
  return {
    bold: sgr(1, 22, colour),
    cyan: sgr(36, 39, colour),
    dim: sgr(2, 22, colour),
    red: sgr(31, 39, colour),
    yellow: sgr(33, 39, colour),
  };
}

/** Select Graphic Rendition, by hand: the platform's own helper asks about standard output, whatever the text is for. */
function sgr(on: number, off: number, colour: boolean): (text: string) => string {
  return (text) => (colour ? `\u001b[${on}m${text}\u001b[${off}m` : text);
}
