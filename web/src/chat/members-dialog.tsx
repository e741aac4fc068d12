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
import { IconButton } from '../ui/icon-button.tsx';
import { type Found, PeopleSearch } from '../ui/people-search.tsx';
import { useSubmit } from '../ui/use-submit.ts';
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
    <Dialog dialog={dialog} title={`${chat.memberCount} members`}>
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
        <p class="people-hint">and {chat.memberCount - chat.members.length} more</p>
      )}
      {runsIt && <AddMembers chat={chat} />}
      <button type="button" class="danger wide" onClick={() => void attempt(leave())}>
        Leave this chat
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
        {name} <small>@{username}</small>
        <span class="visually-hidden"> {presenceInWords(userId)}</span>
      </span>
      {mayAppoint ? (
        <select
          aria-label={`Role of ${name}`}
          value={role}
          onChange={({ currentTarget }) => appoint(currentTarget.value)}
        >
          {ROLES.map((each) => (
            <option key={each} value={each}>
              {each.toLowerCase()}
            </option>
          ))}
        </select>
      ) : (
        role !== 'MEMBER' && <small class="role">{role.toLowerCase()}</small>
      )}
      {mayRemove && role !== 'OWNER' && <IconButton icon="close" label={`Remove ${name}`} onClick={remove} />}
    </li>
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
    <section class="add-members" aria-label="Add people">
      <h3>Add people</h3>
      <PeopleSearch chosen={chosen} onChange={setChosen} except={chat.members.map(({ userId }) => userId)} />
      <p class="form-problem" role="alert">
        {problem}
      </p>
      {chosen.length > 0 && (
        <button type="button" class="primary wide" disabled={busy} onClick={() => void submit(add)}>
          Add {chosen.length}
        </button>
      )}
    </section>
  );
};
