import { useEffect, useRef, useState } from 'preact/hooks';
import { client } from '../client.ts';
import { timeOf } from '../format.ts';
import { attempt, tell } from '../state/notice.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { AttachButton, AttachmentLine } from './attachments.tsx';
import { EmojiButton } from './emoji-button.tsx';
import { briefly } from './said.ts';
import { endTyping, tellTyping } from './typing.ts';
import { useAttachments } from './use-attachments.ts';
import type { Intent, RoomModel } from './use-room.ts';

const MAX_LENGTH = 4_000;
/** On a phone the return key makes a line, and the button sends. */
const returnSends = !matchMedia('(pointer: coarse)').matches;

/** Where messages are written, answered and changed. */
export const Composer = ({ room }: { room: RoomModel }) => {
  const [draft, setDraft] = useState('');
  const attachments = useAttachments();
  const input = useRef<HTMLTextAreaElement>(null);
  const intent = room.intent.value;

  useEffect(() => {
    if (intent.kind === 'edit') setDraft(intent.message.body);
    if (intent.kind !== 'write') input.current?.focus();
  }, [intent]);
  useEffect(() => {
    if (returnSends) input.current?.focus();
    return endTyping;
  }, []);
  useEffect(() => {
    const { current } = input;
    if (!current) return;
    current.style.height = 'auto';
    current.style.height = `${current.scrollHeight}px`;
  }, [draft]);

  const isEdit = intent.kind === 'edit';
  const chosen = isEdit ? [] : attachments.list.value;
  const mediaIds = chosen.flatMap(({ mediaId }) => mediaId ?? []);
  const isComplete = mediaIds.length === chosen.length && (draft.trim() !== '' || chosen.length > 0);

  const cancel = (): void => {
    endTyping();
    room.intent.value = { kind: 'write' };
    setDraft('');
  };
  const submit = (): void => {
    if (!isComplete) return;
    if (carryOut(room, intent, { body: draft.trim(), mediaIds })) {
      cancel();
      if (!isEdit) attachments.clear();
    }
    input.current?.focus();
  };
  const onKeyDown = (key: KeyboardEvent): void => {
    if (key.key === 'Escape') cancel();
    if (key.key !== 'Enter' || key.shiftKey || key.isComposing || !returnSends) return;
    key.preventDefault();
    submit();
  };
  return (
    <form
      class="composer"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        submit();
      }}
    >
      <IntentLine room={room} onCancel={cancel} />
      {!isEdit && <AttachmentLine attachments={attachments} />}
      <div class="composer-row">
        {!isEdit && <AttachButton attachments={attachments} />}
        <EmojiButton onPick={(emoji) => setDraft(draft + emoji)} />
        <textarea
          ref={input}
          rows={1}
          value={draft}
          maxLength={MAX_LENGTH}
          placeholder={placeholderFor(room)}
          disabled={room.state.value?.chat?.own.silencedUntil != null}
          aria-label="Message"
          onInput={({ currentTarget }) => {
            setDraft(currentTarget.value);
            if (!isEdit) tellTyping(room.chatId);
          }}
          onKeyDown={onKeyDown}
        />
        <IconButton
          icon={isEdit ? 'check' : 'send'}
          label="Send"
          class="filled"
          onClick={submit}
          disabled={!isComplete}
        />
      </div>
    </form>
  );
};

/** Says what keeps one from writing at once. */
const placeholderFor = (room: RoomModel): string => {
  const { own, slowModeSeconds = 0, role } = room.state.value?.chat ?? {};
  if (own?.silencedUntil) return `You may write again at ${timeOf(own.silencedUntil)}`;
  if (slowModeSeconds > 0 && role === 'MEMBER') return `Slow mode: one message every ${slowModeSeconds} s`;
  return 'Write a message';
};

const IntentLine = ({ room, onCancel }: { room: RoomModel; onCancel: () => void }) => {
  const intent = room.intent.value;
  if (intent.kind === 'write') return null;
  return (
    <div class="intent-line">
      <p>
        <strong>{intent.kind === 'edit' ? 'Edit message' : `Reply to ${room.nameOf(intent.message.senderId)}`}</strong>
        <span>{briefly(intent.message)}</span>
      </p>
      <IconButton icon="close" label="Cancel" onClick={onCancel} />
    </div>
  );
};

interface Written {
  body: string;
  mediaIds: string[];
}

/** @returns whether the draft is done with */
const carryOut = (room: RoomModel, intent: Intent, { body, mediaIds }: Written): boolean => {
  const chat = client.chat(room.chatId);
  if (intent.kind === 'edit') {
    void attempt(chat.edit(intent.message, body));
    return true;
  }
  try {
    const reply = intent.kind === 'reply' ? { replyToSeq: intent.message.seq } : {};
    chat.send(body, mediaIds.length === 0 ? reply : { ...reply, mediaIds });
  } catch {
    tell('Too many messages wait to be sent. Please wait for the connection.');
    return false;
  }
  room.unread.value = null;
  return true;
};
