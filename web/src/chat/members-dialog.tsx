import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { Output } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { fullName } from '../format.ts';
import { addresses, goTo } from '../state/address.ts';
import { attempt } from '../state/notice.ts';
import { presenceInWords } from '../state/presence.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { type Found, PeopleSearch } from '../ui/people-search.tsx';
import { useSubmit } from '../ui/use-submit.ts';
import { plural, t } from '../words.ts';
import type { RoomModel } from './use-room.ts';

const ROLES = ['OWNER', 'MODERATOR', 'MEMBER'] as const;

type ChatWithMembers = Output<'chat.get'>;

/** Who is in a group; who runs it may add and remove, everyone may leave. */
export const MembersDialog = ({ room, dialog }: { room: RoomModel; dialog: RefObject<HTMLDialogElement | null> }) => {
  const chat = room.state.value?.chat;
  if (!chat) return null;
  const runsIt = chat.role === 'OWNER' || chat.role === 'MODERATOR';
  const leave = async (): Promise<void> => {
    await client.call('chat.leave', { chatId: chat.id });
    dialog.current?.close();
    goTo(addresses.chats);
  };
  return (
    <Dialog dialog={dialog} title={plural(chat.memberCount, '{count} member', '{count} members')}>
      <ul class="people">
        {chat.members.map((member) => (
          <MemberLine
            key={member.userId}
            member={member}
            chat={chat}
            mayRemove={runsIt && member.userId !== room.userId}
            mayAppoint={chat.role === 'OWNER' && member.userId !== room.userId}
          />
        ))}
      </ul>
      {chat.memberCount > chat.members.length && (
        <p class="people-hint">{t('and {count} more', { count: chat.memberCount - chat.members.length })}</p>
      )}
      {runsIt && <AddMembers chat={chat} />}
      {runsIt && <Rename chat={chat} />}
      <button type="button" class="danger wide" onClick={() => void attempt(leave())}>
        {t('Leave this chat')}
      </button>
    </Dialog>
  );
};

interface LineProps {
  member: ChatWithMembers['members'][number];
  chat: ChatWithMembers;
  mayRemove: boolean;
  mayAppoint: boolean;
}

const MemberLine = ({ member, chat, mayRemove, mayAppoint }: LineProps) => {
  const { userId, username, role } = member;
  const name = fullName(member);
  const appoint = (chosen: string): void => {
    const next = ROLES.find((each) => each === chosen);
    if (next) void attempt(client.call('chat.setRole', { chatId: chat.id, userId, role: next }));
  };
  const remove = (): void => void attempt(client.call('chat.removeMember', { chatId: chat.id, userId }));
  return (
    <li class="member">
      <Avatar id={userId} name={name} size="small" showsPresence />
      <span>
        <bdi>{name}</bdi> <small>@{username}</small>
        <span class="visually-hidden"> {presenceInWords(userId)}</span>
      </span>
      {mayAppoint ? (
        <select
          aria-label={t('Role of {name}', { name })}
          value={role}
          onChange={({ currentTarget }) => appoint(currentTarget.value)}
        >
          {ROLES.map((each) => (
            <option key={each} value={each}>
              {roleName(each)}
            </option>
          ))}
        </select>
      ) : (
        role !== 'MEMBER' && <small class="role">{roleName(role)}</small>
      )}
      {mayRemove && role !== 'OWNER' && (
        <IconButton icon="close" label={t('Remove {name}', { name })} onClick={remove} />
      )}
    </li>
  );
};

const roleName = (role: (typeof ROLES)[number]): string =>
  ({ OWNER: t('owner'), MODERATOR: t('moderator'), MEMBER: t('member') })[role];

const Rename = ({ chat }: { chat: ChatWithMembers }) => {
  const { busy, problem, fieldProblem, submit } = useSubmit();
  const [title, setTitle] = useState(chat.title ?? '');
  const save = (): Promise<unknown> => client.call('chat.update', { chatId: chat.id, title: title.trim() });
  return (
    <form
      class="add-members"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void submit(save);
      }}
    >
      <Field
        label={t('Name of the group')}
        value={title}
        onInput={setTitle}
        problem={fieldProblem('title') ?? problem}
      />
      {title.trim() !== chat.title && (
        <button type="submit" class="primary wide" disabled={busy || title.trim() === ''}>
          {t('Rename')}
        </button>
      )}
    </form>
  );
};

const AddMembers = ({ chat }: { chat: ChatWithMembers }) => {
  const [chosen, setChosen] = useState<Found[]>([]);
  const { busy, problem, submit } = useSubmit();
  const add = async (): Promise<void> => {
    await client.call('chat.addMembers', { chatId: chat.id, userIds: chosen.map(({ id }) => id) });
    setChosen([]);
  };
  return (
    <section class="add-members" aria-label={t('Add people')}>
      <h3>{t('Add people')}</h3>
      <PeopleSearch chosen={chosen} onChange={setChosen} except={chat.members.map(({ userId }) => userId)} />
      <p class="form-problem" role="alert">
        {problem}
      </p>
      {chosen.length > 0 && (
        <button type="button" class="primary wide" disabled={busy} onClick={() => void submit(add)}>
          {t('Add {count}', { count: chosen.length })}
        </button>
      )}
    </section>
  );
};
