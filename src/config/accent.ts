/** Grounds of the light and the dark page. */
const LIGHT_GROUND = '#ffffff';
const DARK_GROUND = '#14171c';
/** WCAG 2.2 success criterion 1.4.3, normal text. */
const MINIMUM = 4.5;
const STEPS = 100;

/** The accent on both grounds and the text colour upon it; all `#rrggbb`. */
export interface AccentShades {
  readonly light: string;
  readonly onLight: string;
  readonly dark: string;
  readonly onDark: string;
}

const channels = (hex: string): number[] =>
  [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));

const linear = (channel: number): number => {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channels(hex).map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2 contrast ratio of two `#rrggbb` colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const tint = (hex: string, share: number): string =>
  `#${channels(hex)
    .map((channel) => Math.round(channel + (255 - channel) * share))
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`;

/** Whether white text can be read on the accent, and the accent on white: 4.5 to 1. */
export const accentReadable = (hex: string): boolean => contrast(hex, LIGHT_GROUND) >= MINIMUM;

/**
 * The accent as it is for the light page, and its nearest tint that reads on the dark one. White is the last tint, so
 * every accent has one. Throws `RangeError` for an accent that `accentReadable` refuses.
 */
export function accentShades(hex: string): AccentShades {
  if (!accentReadable(hex)) throw new RangeError(`accent ${hex} is too pale for white text`);
  const light = hex.toLowerCase();
  const shares = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);
  const dark = shares
    .map((share) => tint(light, share))
    .find((shade) => contrast(shade, DARK_GROUND) >= MINIMUM);
  return { light, onLight: LIGHT_GROUND, dark: dark ?? LIGHT_GROUND, onDark: DARK_GROUND };
}
