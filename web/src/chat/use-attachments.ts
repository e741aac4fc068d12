import { type Signal, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { client } from '../client.ts';
import { attempt, tell } from '../state/notice.ts';

/** Files chosen since the page was opened; gives each a key. */
let chosen = 0;
/** Pictures of one message. */
const MAX_PICTURES = 10;

/** A picture beside the draft. */
export interface Attachment {
  key: string;
  name: string;
  /** Null until it is uploaded and can be sent. */
  mediaId: string | null;
}

export interface Attachments {
  list: Signal<readonly Attachment[]>;
  /** Uploads files and puts them beside the draft; who cannot be uploaded is taken away again, and the reason told. */
  add: (files: readonly File[]) => void;
  remove: (key: string) => void;
  clear: () => void;
}

/** The pictures of the draft that is being written. */
export const useAttachments = (): Attachments => {
  const list = useSignal<readonly Attachment[]>([]);
  return useMemo(() => {
    const remove = (key: string): void => {
      list.value = list.value.filter((attachment) => attachment.key !== key);
    };
    const add = async (file: File): Promise<void> => {
      chosen += 1;
      const key = `picture-${chosen}`;
      list.value = [...list.value, { key, name: file.name, mediaId: null }];
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
        if (files.length > room) tell(`A message takes ${MAX_PICTURES} pictures.`);
        for (const file of files.slice(0, room)) void attempt(add(file));
      },
      clear: () => {
        list.value = [];
      },
    };
  }, []);
};
