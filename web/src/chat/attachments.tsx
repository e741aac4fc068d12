import { useRef } from 'preact/hooks';
import { IconButton } from '../ui/icon-button.tsx';
import { t } from '../words.ts';
import type { Attachment, Attachments } from './use-attachments.ts';

const TYPES = 'image/jpeg,image/png,image/webp,image/gif,image/avif';

/** Chooses pictures for the draft. */
export const AttachButton = ({ attachments }: { attachments: Attachments }) => {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton icon="picture" label={t('Add pictures')} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        accept={TYPES}
        multiple
        hidden
        aria-label={t('Pictures')}
        onChange={({ currentTarget }) => {
          attachments.add([...(currentTarget.files ?? [])]);
          // The same file may be chosen again after it was taken away.
          currentTarget.value = '';
        }}
      />
    </>
  );
};

/** The draft's pictures, each with a place for what it shows, also those that are on their way. */
export const AttachmentLine = ({ attachments }: { attachments: Attachments }) => {
  if (attachments.list.value.length === 0) return null;
  return (
    <ul class="attachments" aria-label={t('Pictures of this message')}>
      {attachments.list.value.map((attachment) => (
        <AttachmentItem key={attachment.key} attachment={attachment} attachments={attachments} />
      ))}
    </ul>
  );
};

const AttachmentItem = ({ attachment, attachments }: { attachment: Attachment; attachments: Attachments }) => {
  const { key, name, previewUrl, mediaId } = attachment;
  return (
    <li class="attachment" data-state={mediaId === null ? 'uploading' : 'ready'}>
      <img src={previewUrl} alt="" width="48" height="48" />
      {mediaId === null ? (
        <span>{t('Uploading…')}</span>
      ) : (
        <input
          type="text"
          maxLength={300}
          placeholder={t('Describe it for who cannot see it')}
          aria-label={t('Description of {name}', { name })}
          onChange={({ currentTarget }) => attachments.describe(key, currentTarget.value)}
        />
      )}
      <IconButton icon="close" label={t('Remove {name}', { name })} onClick={() => attachments.remove(key)} />
    </li>
  );
};
