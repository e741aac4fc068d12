import type { Message } from '../../../src/sdk/index.ts';
import { plural, t } from '../words.ts';

const picturesOf = (count: number): string => plural(count, 'Picture', '{count} pictures');

/** A message in one line: its words, or else what is there instead of words. */
export const briefly = ({ body, media, deletedAt }: Pick<Message, 'body' | 'media' | 'deletedAt'>): string => {
  if (deletedAt) return t('Message deleted');
  if (body !== '') return body;
  return media ? picturesOf(media.length) : t('Picture deleted');
};

/** An own message on its way in words. */
export const brieflyUnsent = (body: string, mediaIds: readonly string[] = []): string =>
  body === '' ? picturesOf(mediaIds.length) : body;
