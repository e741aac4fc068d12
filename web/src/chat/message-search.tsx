import { useEffect, useState } from 'preact/hooks';
import type { Output } from '../../../src/sdk/index.ts';
import { dateTime, fullName } from '../format.ts';
import { usePages } from '../state/use-pages.ts';
import { More } from '../ui/more.tsx';
import { Failed, Loading } from '../ui/outcome.tsx';
import { t } from '../words.ts';
import { chats } from './chat-list.ts';
import { briefly } from './said.ts';
import { nameOf } from './summary.ts';

type Found = Output<'chat.search'>['items'][number];

/** The search begins after this pause in typing. */
const PAUSE_MS = 250;

interface Props {
  words: string;
  /** Only in this chat. */
  chatId?: string;
  /** Leads to what was found. */
  onOpen: (found: Found) => void;
}

/** Messages that hold the words, newest first. */
export const MessageSearch = ({ words, chatId, onOpen }: Props) => {
  const settled = useSettled(words.trim());
  const found = usePages('chat.search', settled === '' ? null : { words: settled, ...(chatId ? { chatId } : {}) });
  if (settled === '') return null;
  if (!found.data) return found.error ? <Failed error={found.error} onRetry={found.reload} /> : <Loading />;
  return (
    <section aria-label={t('Messages found')}>
      <p class="visually-hidden" role="status">
        {found.data.length === 0 ? t('Nothing found') : t('{count} found', { count: found.data.length })}
      </p>
      {found.data.length === 0 && <p class="pane-empty">{t('No message says that.')}</p>}
      <ul class="found">
        {found.data.map((message) => (
          <li key={message.id}>
            <button type="button" onClick={() => onOpen(message)}>
              <strong>{chatId ? '' : titleOf(message.chatId)}</strong>
              <small>{dateTime(message.sentAt)}</small>
              <span dir="auto">{briefly(message)}</span>
            </button>
          </li>
        ))}
      </ul>
      <More of={found} />
    </section>
  );
};

const titleOf = (chatId: string): string => {
  const summary = chats.value.find(({ id }) => id === chatId);
  if (!summary) return t('Chat');
  return summary.peer ? fullName(summary.peer) : nameOf(summary);
};

/** The words once nothing was typed for a moment. */
const useSettled = (words: string): string => {
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), words === '' ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return settled;
};
