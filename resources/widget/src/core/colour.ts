// Contrast by WCAG 2.2: relative luminance of sRGB, ratio (L1 + 0.05) / (L2 + 0.05).

export type Rgb = readonly [number, number, number];

export const kFallback = "#0B6E6E";
const kWhite: Rgb = [255, 255, 255];
const kInk: Rgb = [12, 21, 23];
export const kTextContrast = 4.5;
/** From here on darkening a colour a little beats giving up white letters. */
const kNearWhiteContrast = 2.8;

/** #RGB or #RRGGBB. */
export function parseColour(text: string): Rgb | undefined {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  const full = short ? short.slice(1).map((digit) => digit + digit) : /^#(..)(..)(..)$/.exec(text)?.slice(1);
  const values = full?.map((pair) => (/^[0-9a-f]{2}$/i.test(pair) ? parseInt(pair, 16) : NaN));
  return values && !values.some(Number.isNaN) ? (values as unknown as Rgb) : undefined;
}

export const toHex = (colour: Rgb): string =>
  `#${colour.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("").toUpperCase()}`;

export function luminance([r, g, b]: Rgb): number {
  const linear = (value: number): number => {
    const c = value / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

export function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const mix = (from: Rgb, to: Rgb, part: number): Rgb =>
  from.map((value, i) => value + ((to[i] ?? 0) - value) * part) as unknown as Rgb;

/** The colour moved towards `target` until it reads on `background`. */
export function readableOn(colour: Rgb, background: Rgb, target: Rgb): Rgb {
  for (let part = 0; part < 1; part += 0.04) {
    const tried = parseColour(toHex(mix(colour, target, part))) ?? target;
    if (contrast(tried, background) >= kTextContrast) return tried;
  }
  return target;
}

export interface Brand {
  /** Bubble, header, the visitor's own messages. */
  fill: string;
  /** Letters on it. */
  on: string;
  /** Links and actions on a light and on a dark surface. */
  inkLight: string;
  inkDark: string;
}

/** The channel's colour made readable: letters in white or ink; darkened when neither would do or white nearly does. */
export function brandOf(text: string): Brand {
  let fill = parseColour(text) ?? (parseColour(kFallback) as Rgb);
  const ink = fill;
  let on = kWhite;
  if (contrast(fill, kWhite) < kTextContrast) {
    if (contrast(fill, kWhite) < kNearWhiteContrast && contrast(fill, kInk) >= kTextContrast) on = kInk;
    else fill = readableOn(fill, kWhite, [0, 0, 0]);
  }
  return {
    fill: toHex(fill),
    on: toHex(on),
    // The least favourable surfaces of each theme.
    inkLight: toHex(readableOn(ink, [238, 240, 243], [0, 0, 0])),
    inkDark: toHex(readableOn(ink, [39, 44, 51], [255, 255, 255])),
  };
}
