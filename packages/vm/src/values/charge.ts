/**
 * Meters work on values: called with the number of units (values visited, or a few characters produced) before the work is done, so that
 * a limit stops it in time. It ends the work by throwing.
 */
export type Charge = (units: number) => void;

/** Looks at the clock between two pieces of work that is paid for already. It ends the work by throwing. */
export type Look = () => void;
