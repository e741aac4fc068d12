/** Hardware scanners type a code faster than anybody's fingers. */
const BURST_MS = 50;
const SHORTEST = 12;

/** Hears what a hardware scanner types anywhere on the page. @returns a function that stops it */
export const hearKeystrokes = (onText: (text: string) => void): (() => void) => {
  let text = '';
  let atMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = (): void => {
    clearTimeout(timer);
    if (text.length >= SHORTEST) onText(text);
    text = '';
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    if (event.timeStamp - atMs > BURST_MS) text = '';
    atMs = event.timeStamp;
    // A key in the middle of a burst is not meant for the button that has the focus.
    if (text.length > 0 && (event.key === 'Enter' || event.key.length === 1)) event.preventDefault();
    if (event.key === 'Enter') end();
    if (event.key.length !== 1) return;
    text += event.key;
    clearTimeout(timer);
    timer = setTimeout(end, 2 * BURST_MS);
  };
  addEventListener('keydown', onKey, { capture: true });
  return () => {
    clearTimeout(timer);
    removeEventListener('keydown', onKey, { capture: true });
  };
};
