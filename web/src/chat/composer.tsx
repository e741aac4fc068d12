import { useEffect, useRef, useState } from 'preact/hooks';
import { RallyError } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { timeOf } from '../format.ts';
import { tell } from '../state/notice.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { wordsFor } from '../ui/use-submit.ts';
import { t } from '../words.ts';
import { AttachButton, AttachmentLine } from './attachments.tsx';
import { draftOf, keepDraft } from './drafts.ts';
import { EmojiButton } from './emoji-button.tsx';
import { IntentLine } from './intent-line.tsx';
import { endTyping, tellTyping } from './typing.ts';
import { type Attachments, useAttachments } from './use-attachments.ts';
import type { Intent, RoomModel } from './use-room.ts';

const MAX_LENGTH = 4_000;
/** From here on the writer is told how long the message is. */
const COUNTED_LENGTH = 3_500;
/** On a phone the return key makes a line, and the button sends. */
const returnSends = !matchMedia('(pointer: coarse)').matches;
/** The key code of a press that an input method takes for itself; Safari names it so after the composition has ended. */
const TAKEN_BY_INPUT_METHOD = 229;

/** Where messages are written, answered and changed. What is written stays over edits, other chats and reloads. */
export const Composer = ({ room }: { room: RoomModel }) => {
  const { chatId } = room;
  const intent = room.intent.value;
  const isEdit = intent.kind === 'edit';
  const attachments = useAttachments();
  const input = useRef<HTMLTextAreaElement>(null);
  const [words, setWords] = useState(() => draftOf(chatId));

  const write = (next: string): void => {
    setWords(next);
    if (!isEdit) keepDraft(chatId, next);
  };
  useEffect(() => {
    setWords(intent.kind === 'edit' ? (intent.words ?? intent.message.body) : draftOf(chatId));
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
  }, [words]);

  const chosen = isEdit ? [] : attachments.list.value;
  const isUploaded = chosen.every(({ mediaId }) => mediaId !== null);
  const hasContent = words.trim() !== '' || chosen.length > 0 || (isEdit && (intent.message.media?.length ?? 0) > 0);
  const isComplete = isUploaded && hasContent && words.length <= MAX_LENGTH;

  const cancel = (): void => {
    endTyping();
    room.intent.value = { kind: 'write' };
  };
  const submit = (): void => {
    if (!isComplete) return;
    // The first line's indentation belongs to the message; what is empty at its end does not.
    const said = { body: words.trimEnd(), mediaIds: chosen.flatMap(({ mediaId }) => mediaId ?? []) };
    if (!carryOut(room, intent, said)) return;
    if (!isEdit) {
      keepDraft(chatId, '');
      setWords('');
      attachments.clear();
    }
    cancel();
    input.current?.focus();
  };
  const onKeyDown = (key: KeyboardEvent): void => {
    if (key.isComposing || key.keyCode === TAKEN_BY_INPUT_METHOD) return;
    if (key.key === 'Escape' && intent.kind !== 'write') cancel();
    if (key.key === 'ArrowUp' && words === '' && intent.kind === 'write') editLast(room, key);
    if (key.key !== 'Enter' || key.shiftKey || !returnSends) return;
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
      {...takesFiles(attachments, isEdit)}
    >
      <IntentLine room={room} onCancel={cancel} />
      {!isEdit && <AttachmentLine attachments={attachments} />}
      <div class="composer-row">
        {!isEdit && <AttachButton attachments={attachments} />}
        <EmojiButton onPick={(emoji) => write(putAtCaret(input.current, words, emoji))} />
        <textarea
          ref={input}
          rows={1}
          dir="auto"
          value={words}
          placeholder={placeholderFor(room)}
          disabled={room.state.value?.chat?.own.silencedUntil != null}
          aria-label={t('Message')}
          onInput={({ currentTarget }) => {
            write(currentTarget.value);
            if (!isEdit) tellTyping(chatId);
          }}
          onKeyDown={onKeyDown}
        />
        <IconButton
          icon={isEdit ? 'check' : 'send'}
          label={t('Send')}
          class="filled"
          onClick={submit}
          disabled={!isComplete}
        />
      </div>
      <p class={`composer-length ${words.length > MAX_LENGTH ? 'composer-too-long' : ''}`} role="status">
        {words.length > COUNTED_LENGTH &&
          t('{length} of {most} characters', { length: words.length, most: MAX_LENGTH })}
      </p>
    </form>
  );
};

/** Pictures may be dropped on the form and pasted into it. */
const takesFiles = (attachments: Attachments, isEdit: boolean) => {
  const take = (event: Event, files: FileList | undefined): void => {
    const pictures = [...(files ?? [])].filter(({ type }) => type.startsWith('image/'));
    if (isEdit || pictures.length === 0) return;
    event.preventDefault();
    attachments.add(pictures);
  };
  return {
    onPaste: (event: ClipboardEvent) => take(event, event.clipboardData?.files),
    onDrop: (event: DragEvent) => take(event, event.dataTransfer?.files),
    onDragOver: (event: DragEvent) => event.preventDefault(),
  };
};

/** The words with more in the place of what is selected; the caret comes after it. */
const putAtCaret = (input: HTMLTextAreaElement | null, words: string, more: string): string => {
  const { selectionStart: from, selectionEnd: to } = input ?? {
    selectionStart: words.length,
    selectionEnd: words.length,
  };
  requestAnimationFrame(() => {
    input?.focus();
    input?.setSelectionRange(from + more.length, from + more.length);
  });
  return words.slice(0, from) + more + words.slice(to);
};

/** The arrow upwards in an empty place opens one's last message. */
const editLast = (room: RoomModel, key: KeyboardEvent): void => {
  const own = room.state.value?.timeline?.messages.filter(
    ({ senderId, deletedAt, forwarded }) => senderId === room.userId && !deletedAt && !forwarded,
  );
  const last = own?.at(-1);
  if (!last) return;
  key.preventDefault();
  room.intent.value = { kind: 'edit', message: last };
};

/** Says what keeps one from writing at once. */
const placeholderFor = (room: RoomModel): string => {
  const { own, slowModeSeconds = 0, role } = room.state.value?.chat ?? {};
  if (own?.silencedUntil) return t('You may write again at {time}', { time: timeOf(own.silencedUntil) });
  if (slowModeSeconds > 0 && role === 'MEMBER') {
    return t('Slow mode: one message every {seconds} s', { seconds: slowModeSeconds });
  }
  return t('Write a message');
};

interface Written {
  body: string;
  mediaIds: string[];
}

/** @returns whether the draft is done with */
const carryOut = (room: RoomModel, intent: Intent, { body, mediaIds }: Written): boolean => {
  if (intent.kind === 'edit') {
    void change(room, intent, body);
    return true;
  }
  try {
    const reply = intent.kind === 'reply' ? { replyToSeq: intent.message.seq } : {};
    client.chat(room.chatId).send(body, mediaIds.length === 0 ? reply : { ...reply, mediaIds });
  } catch {
    tell(t('Too many messages wait to be sent. Please wait for the connection.'));
    return false;
  }
  room.unread.value = null;
  room.past.value = null;
  return true;
};

/** Changes a message. What did not arrive is given back to the writer, who may try again. */
const change = async (room: RoomModel, intent: Extract<Intent, { kind: 'edit' }>, body: string): Promise<void> => {
  try {
    await client.chat(room.chatId).edit(intent.message, body);
  } catch (thrown) {
    if (!(thrown instanceof RallyError)) throw thrown;
    tell(t('Your change was not saved. {reason}', { reason: wordsFor(thrown) }));
    if (room.intent.value.kind === 'write') room.intent.value = { ...intent, words: body };
  }
};
