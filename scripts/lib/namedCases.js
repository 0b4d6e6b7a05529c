import { UsageError } from "./commandLine.js";

/**
 * Those of a list that an option names, in the list's order; without the option the usual ones.
 *
 * @param what they are
 * @param all with a name each
 * @param list names with commas between, or undefined
 */
export function namedCases(what, all, list, usual = all) {
  if (list === undefined) return usual;
  const names = list.split(",");
  const unknown = names.filter((name) => !all.some((each) => each.name === name));
  if (unknown.length > 0) {
    throw new UsageError(`No ${what} ${unknown.join(", ")}; there are ${all.map(({ name }) => name).join(", ")}`);
  }
  return all.filter(({ name }) => names.includes(name));
}
