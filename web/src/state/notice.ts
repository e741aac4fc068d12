import { signal } from '@preact/signals';
import { RallyError } from '../../../src/sdk/index.ts';
import { t } from '../words.ts';

const SHOWN_MS = 6_000;

/** A passing word about something that did not work. */
export const notice = signal<string | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

export const tell = (words: string): void => {
  clearTimeout(timer);
  notice.value = words;
  timer = setTimeout(() => {
    notice.value = null;
  }, SHOWN_MS);
};

/** Does something whose only outcome people need to hear of is that it failed. */
export const attempt = async (work: Promise<unknown>): Promise<void> => {
  try {
    await work;
  } catch (thrown) {
    if (!(thrown instanceof RallyError)) throw thrown;
    tell(thrown.code === 'UNREACHABLE' ? t('That did not reach the server. Please try again.') : thrown.message);
  }
};
