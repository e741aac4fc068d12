export interface Size {
  /** Pixels. */
  width: number;
  height: number;
}

/** One of the sizes a picture is kept in. */
export interface Variant extends Size {
  /** The width it is meant for, and its name; the last one is whatever the largest is. */
  name: number;
}

/** A small screen's list, a phone's width, a large screen. */
const NARROWER = [320, 960] as const;
const WIDEST = 2_048;
const HIGHEST = 4_096;

/** The names of everything that may be kept of a picture. */
export const VARIANT_NAMES: readonly number[] = [...NARROWER, WIDEST];

/** The largest size a picture is kept in: its own, or smaller in the same proportions. */
export const largestSize = ({ width, height }: Size): Size => {
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return { width: scaled(width, scale), height: scaled(height, scale) };
};

/** Every size a picture is kept in, narrowest first, from the largest one; none is enlarged. */
export const variantsOf = (largest: Size): Variant[] => [
  ...NARROWER.filter((width) => width < largest.width).map((width) => ({
    name: width,
    width,
    height: scaled(largest.height, width / largest.width),
  })),
  { name: WIDEST, width: largest.width, height: largest.height },
];

const scaled = (pixels: number, scale: number): number => Math.max(1, Math.round(pixels * scale));
