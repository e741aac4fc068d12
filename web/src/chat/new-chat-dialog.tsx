import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { client } from '../client.ts';
import { fullName } from '../format.ts';
import { addresses, goTo } from '../state/address.ts';
import { me } from '../state/session.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { type Found, PeopleSearch } from '../ui/people-search.tsx';
import { useSubmit } from '../ui/use-submit.ts';
import { t } from '../words.ts';
import { reloadChats } from './chat-list.ts';

/** Opens a chat with one person, or a group with several. */
export const NewChatDialog = ({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) => {
  const [chosen, setChosen] = useState<Found[]>([]);
  const [title, setTitle] = useState('');
  const { busy, problem, fieldProblem, submit } = useSubmit();
  const isGroup = chosen.length > 1 || title !== '';
  const open = async (): Promise<void> => {
    const memberIds = chosen.map(({ id }) => id);
    const named = title.trim() || listTitle(chosen);
    const input = isGroup
      ? { kind: 'GROUP' as const, memberIds, title: named }
      : { kind: 'DIRECT' as const, memberIds };
    const chat = await client.call('chat.open', input);
    dialog.current?.close();
    goTo(addresses.chat(chat.id));
    reloadChats();
  };
  const clear = (): void => {
    setChosen([]);
    setTitle('');
  };
  return (
    <Dialog dialog={dialog} title={t('New chat')} onClose={clear}>
      <PeopleSearch chosen={chosen} onChange={setChosen} except={me.value ? [me.value.id] : []} />
      {chosen.length > 1 && (
        <Field
          label={t('Name of the group')}
          value={title}
          maxLength={100}
          placeholder={listTitle(chosen)}
          onInput={setTitle}
          problem={fieldProblem('title')}
        />
      )}
      <p class="form-problem" role="alert">
        {problem}
      </p>
      <button
        type="button"
        class="primary wide"
        disabled={chosen.length === 0 || busy}
        onClick={() => void submit(open)}
      >
        {wordsFor(chosen)}
      </button>
    </Dialog>
  );
};

const wordsFor = ([first, ...others]: readonly Found[]): string => {
  if (!first) return t('Choose someone');
  return others.length > 0
    ? t('Start a group of {count}', { count: others.length + 2 })
    : t('Message {name}', { name: fullName(first) });
};

const listTitle = (people: readonly Found[]): string =>
  people
    .map(({ firstName }) => firstName)
    .join(', ')
    .slice(0, 100);
