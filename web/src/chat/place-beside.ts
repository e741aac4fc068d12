const GAP_PX = 6;
const EDGE_PX = 8;

/** Puts an open popover above what it belongs to, or below where there is no room, and inside the window. */
export const placeBeside = (popover: HTMLElement, anchor: HTMLElement): void => {
  const { top, bottom, left, right } = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const above = top - height - GAP_PX;
  const centred = (left + right) / 2 - width / 2;
  popover.style.top = `${above < EDGE_PX ? Math.min(bottom + GAP_PX, innerHeight - height - EDGE_PX) : above}px`;
  popover.style.left = `${Math.max(EDGE_PX, Math.min(centred, innerWidth - width - EDGE_PX))}px`;
};
