const NONE = "–";

/** A table in Markdown; a cell without a value has a dash. */
export function table(head, rows) {
  const texts = rows.map((row) => head.map((_, column) => `${row[column] ?? NONE}`));
  const widths = head.map((title, column) => Math.max(title.length, ...texts.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...texts.map(line)].join("\n");
}
