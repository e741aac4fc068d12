import { type Signal, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { client } from '../client.ts';
import { attempt, tell } from '../state/notice.ts';
import { t } from '../words.ts';

/** Files chosen since the page was opened; gives each a key. */
let chosen = 0;
/** Pictures of one message. */
const MAX_PICTURES = 10;

/** A picture beside the draft. */
export interface Attachment {
  key: string;
  name: string;
  /** The address of a preview that only this page can open. */
  previewUrl: string;
  /** Null until it is uploaded and can be sent. */
  mediaId: string | null;
}

export interface Attachments {
  list: Signal<readonly Attachment[]>;
  /** Uploads files and puts them beside the draft; who cannot be uploaded is taken away again, and the reason told. */
  add: (files: readonly File[]) => void;
  /** Says what a picture shows. */
  describe: (key: string, altText: string) => void;
  remove: (key: string) => void;
  clear: () => void;
}

/** The pictures of the draft that is being written. */
export const useAttachments = (): Attachments => {
  const list = useSignal<readonly Attachment[]>([]);
  return useMemo(() => {
    const remove = (key: string): void => {
      for (const each of list.value) if (each.key === key) URL.revokeObjectURL(each.previewUrl);
      list.value = list.value.filter((attachment) => attachment.key !== key);
    };
    const add = async (file: File): Promise<void> => {
      chosen += 1;
      const key = `picture-${chosen}`;
      list.value = [...list.value, { key, name: file.name, previewUrl: URL.createObjectURL(file), mediaId: null }];
      try {
        const { id: mediaId } = await client.media.upload(file, { purpose: 'MESSAGE' });
        list.value = list.value.map((attachment) => (attachment.key === key ? { ...attachment, mediaId } : attachment));
      } catch (thrown) {
        remove(key);
        throw thrown;
      }
    };
    return {
      list,
      remove,
      add: (files) => {
        const room = MAX_PICTURES - list.value.length;
        if (files.length > room) tell(t('A message takes {count} pictures.', { count: MAX_PICTURES }));
        for (const file of files.slice(0, room)) void attempt(add(file));
      },
      describe: (key, altText) => {
        const mediaId = list.value.find((each) => each.key === key)?.mediaId;
        if (mediaId) void attempt(client.call('media.describe', { mediaId, altText: altText.trim() || null }));
      },
      clear: () => {
        for (const { previewUrl } of list.value) URL.revokeObjectURL(previewUrl);
        list.value = [];
      },
    };
  }, []);
};
