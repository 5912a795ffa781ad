/**
 * A list with one more item. Most lists of a tree hold one: an array that is made empty and grows to hold it has room for sixteen more, an array
 * that is made with it has not.
 *
 * @example
 * let args: Expr[] | undefined;
 * args = appended(args, first);
 */
export function appended<T>(list: T[] | undefined, item: T): T[] {
  if (list === undefined || list.length === 0) return [item];
  list.push(item);
  return list;
}
