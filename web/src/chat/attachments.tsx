import { useRef } from 'preact/hooks';
import { IconButton } from '../ui/icon-button.tsx';
import type { Attachments } from './use-attachments.ts';

const TYPES = 'image/jpeg,image/png,image/webp,image/gif,image/avif';

/** Chooses pictures for the draft. */
export const AttachButton = ({ attachments }: { attachments: Attachments }) => {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton icon="picture" label="Add pictures" onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        accept={TYPES}
        multiple
        hidden
        aria-label="Pictures"
        onChange={({ currentTarget }) => {
          attachments.add([...(currentTarget.files ?? [])]);
          // The same file may be chosen again after it was taken away.
          currentTarget.value = '';
        }}
      />
    </>
  );
};

/** The draft's pictures by name, with those that are on their way. */
export const AttachmentLine = ({ attachments }: { attachments: Attachments }) => {
  if (attachments.list.value.length === 0) return null;
  return (
    <ul class="attachments" aria-label="Pictures of this message">
      {attachments.list.value.map(({ key, name, mediaId }) => (
        <li key={key} class="attachment" data-state={mediaId === null ? 'uploading' : 'ready'}>
          <span class="attachment-name">{name}</span>
          {mediaId === null && <span>Uploading…</span>}
          <IconButton icon="close" label={`Remove ${name}`} onClick={() => attachments.remove(key)} />
        </li>
      ))}
    </ul>
  );
};
