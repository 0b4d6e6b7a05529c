// How the vector files are written: hexadecimal numbers, and JSON with one entry or case a line.

export const hexOfBits = (bits) => "0x" + bits.toString(16).padStart(8, "0");
export const hexOfWord = (word) => "0x" + word.toString(16).padStart(64, "0");

/** Named lists, each entry on a line. */
export const textOfLists = (lists) => textOf(lists, (entry) => JSON.stringify(entry));

/** Named lists of groups, each case of a group's lists of cases on a line. */
export const textOfGroups = (lists) => textOf(lists, textOfGroup);

function textOf(lists, textOfEntry) {
  const body = Object.entries(lists).map(
    ([name, list]) => `  ${JSON.stringify(name)}: [\n${linesOf(list.map(textOfEntry), "    ")}\n  ]`,
  );
  return "{\n" + body.join(",\n") + "\n}\n";
}

const linesOf = (texts, indent) => texts.map((text) => indent + text).join(",\n");

/** Not indented: there are so many that the spaces would make a fifth of the file. */
function textOfCases(cases) {
  return `[\n${linesOf(
    cases.map((entry) => JSON.stringify(entry)),
    "",
  )}]`;
}

function textOfGroup(group) {
  const fields = Object.entries(group).map(([name, value]) => {
    const isListOfCases = Array.isArray(value) && value.length > 0 && typeof value[0] !== "string";
    return `${JSON.stringify(name)}:${isListOfCases ? textOfCases(value) : JSON.stringify(value)}`;
  });
  return `{${fields.join(",")}}`;
}
