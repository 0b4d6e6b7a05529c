const INK = 255;

/** The elements of a grey picture of a 7, white on black, row by row. */
export function drawnSeven(size) {
  const picture = new Array(size * size).fill(0);
  const bar = { left: 6, right: 22, top: 6, thickness: 3 };
  const dot = (row, column) => (picture[row * size + column] = INK);
  for (let row = bar.top; row < bar.top + bar.thickness; row++) {
    for (let column = bar.left; column < bar.right; column++) dot(row, column);
  }
  for (let row = bar.top; row < size - 4; row++) {
    const column = Math.floor(bar.right - 1 - (row - bar.top) * 0.55);
    for (let part = 0; part < bar.thickness; part++) dot(row, column - part);
  }
  return picture;
}
