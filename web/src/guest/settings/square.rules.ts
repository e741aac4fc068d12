interface Size {
  width: number;
  height: number;
}

interface Part {
  /** 1 is as much as fits. */
  zoom: number;
  /** From 0, the left edge, to 1, the right. */
  across: number;
  /** From 0, the top, to 1, the bottom. */
  down: number;
}

/** The square of a picture that is shown, in its pixels; it never leaves the picture. */
export const squareOf = ({ width, height }: Size, { zoom, across, down }: Part) => {
  const side = Math.min(width, height) / zoom;
  return { left: (width - side) * across, top: (height - side) * down, side };
};
