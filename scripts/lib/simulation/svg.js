const WIDTH = 720;
const HEIGHT = 420;
const LEFT = 90;
const RIGHT = 220;
const TOP = 50;
const BOTTOM = 60;
const COLOURS = ["#1b6ca8", "#c8553d", "#4a7c59", "#8f5fa8", "#a37b00"];
const TICKS = 5;

const escape = (text) => String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const rounded = (value) => Number(value.toFixed(2));

/** A number as people write it on an axis. */
function label(value) {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e6)) return value.toExponential(0).replace("e+", "e");
  return String(Number(value.toPrecision(3)));
}

/** Maps values onto pixels, linearly or by their logarithms, and says where ticks are. */
function scale(values, logarithmic, from, to) {
  const inner = logarithmic ? Math.log10 : (value) => value;
  let low = Math.min(...values.map(inner));
  let high = Math.max(...values.map(inner));
  if (logarithmic) [low, high] = [Math.floor(low), Math.ceil(high)];
  else low = Math.min(0, low);
  if (low === high) high = low + 1;
  const at = (value) => from + ((inner(value) - low) / (high - low)) * (to - from);
  const step = logarithmic ? Math.max(1, Math.ceil((high - low) / (TICKS + 1))) : niceStep((high - low) / TICKS);
  const ticks = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + step * 1e-9; tick += step) {
    ticks.push(logarithmic ? 10 ** Math.round(tick) : Number(tick.toPrecision(12)));
  }
  return { at, ticks };
}

/** The next of 1, 2, 5, 10, 20... */
function niceStep(step) {
  const magnitude = 10 ** Math.floor(Math.log10(step));
  return [1, 2, 5, 10].map((factor) => factor * magnitude).find((candidate) => candidate >= step * (1 - 1e-9));
}

/**
 * A plot of lines as an SVG document.
 *
 * @param plot {title, x: {label, logarithmic}, y: the same, lines: [{name, points: [[x, y], ...]}]}
 */
export function linePlot({ title, x, y, lines }) {
  const points = lines.flatMap((line) => line.points);
  const across = scale(
    points.map(([value]) => value),
    x.logarithmic,
    LEFT,
    WIDTH - RIGHT,
  );
  const up = scale(
    points.map(([, value]) => value),
    y.logarithmic,
    HEIGHT - BOTTOM,
    TOP,
  );
  const text = (at, top, content, more = "") =>
    `<text x="${rounded(at)}" y="${rounded(top)}"${more}>${escape(content)}</text>`;
  const middle = ' text-anchor="middle"';
  const grid = [
    ...across.ticks.map((tick) => {
      const at = rounded(across.at(tick));
      return `<path d="M${at} ${TOP}V${HEIGHT - BOTTOM}" class="grid"/>${text(at, HEIGHT - BOTTOM + 18, label(tick), middle)}`;
    }),
    ...up.ticks.map((tick) => {
      const at = rounded(up.at(tick));
      return `<path d="M${LEFT} ${at}H${WIDTH - RIGHT}" class="grid"/>${text(LEFT - 8, at + 4, label(tick), ' text-anchor="end"')}`;
    }),
  ];
  const drawn = lines.map(({ name, points: own }, place) => {
    const colour = COLOURS[place % COLOURS.length];
    const path = own.map(([one, other]) => `${rounded(across.at(one))} ${rounded(up.at(other))}`).join("L");
    const row = TOP + 12 + 20 * place;
    return (
      `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2"/>` +
      `<path d="M${WIDTH - RIGHT + 14} ${row}h20" stroke="${colour}" stroke-width="2"/>` +
      text(WIDTH - RIGHT + 40, row + 4, name)
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">`,
    "<style>text{font:12px sans-serif;fill:#222}.grid{stroke:#ddd;fill:none}</style>",
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(LEFT, TOP - 22, title, ' style="font-size:15px;font-weight:bold"'),
    ...grid,
    `<path d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}" fill="none" stroke="#222"/>`,
    ...drawn,
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, x.label, middle),
    text(
      20,
      (TOP + HEIGHT - BOTTOM) / 2,
      y.label,
      `${middle} transform="rotate(-90 20 ${(TOP + HEIGHT - BOTTOM) / 2})"`,
    ),
    "</svg>",
    "",
  ].join("\n");
}
