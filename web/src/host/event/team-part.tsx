import { useState } from 'preact/hooks';
import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { fullName } from '../../format.ts';
import { me } from '../../state/session.ts';
import { useOperation } from '../../state/use-operation.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/field.tsx';
import { Outcome } from '../../ui/outcome.tsx';
import { type Found, PeopleSearch } from '../../ui/people-search.tsx';
import { Select } from '../../ui/select.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import { roleName } from '../names.ts';
import { DevicesPanel } from './devices-panel.tsx';
import type { EventProps } from './event-page.tsx';

type Member = Output<'host.list'>['items'][number];

const PLACES = ['DOOR_STAFF', 'SUPERVISOR', 'MANAGER', 'CO_HOST'] as const;
type Place = (typeof PLACES)[number];

const MEANS: Record<Place, () => string> = {
  DOOR_STAFF: () => t('Scans tickets at the door.'),
  SUPERVISOR: () => t('Scans, sees who comes, and lets people in by hand.'),
  MANAGER: () => t('Changes the event, sells, writes to guests, and sees the money.'),
  CO_HOST: () => t('Runs it like you: may call it off, and may have a share of the earnings.'),
};

/** Lists the team of the event and the devices at its door. */
export const TeamPart = ({ event }: EventProps) => {
  const team = useOperation('host.list', { eventId: event.id });
  return (
    <div class="columns">
      <section class="card" aria-labelledby="team-title">
        <h2 id="team-title">{t('Team')}</h2>
        <Outcome of={team}>
          {({ items }) => (
            <ul class="things">
              {items.map((member) => (
                <MemberLine key={member.userId} member={member} event={event} reload={team.reload} />
              ))}
            </ul>
          )}
        </Outcome>
      </section>
      <Invite event={event} team={team.data?.items ?? []} reload={team.reload} />
      <DevicesPanel event={event} />
    </div>
  );
};

interface LineProps extends EventProps {
  member: Member;
}

const MemberLine = ({ member, event: { id: eventId, myRole }, reload }: LineProps) => {
  const { userId, role, acceptedAt, shareBasisPoints } = member;
  const { busy, problem, submit } = useSubmit();
  const name = fullName(member);
  const isOther = role !== 'OWNER' && userId !== me.value?.id;
  const setRole = (value: string): void =>
    // Safe: the choices are the places.
    void submit(() => client.call('host.setRole', { eventId, userId, role: value as Place }).then(reload));
  return (
    <li>
      <div class="person-line">
        <Avatar id={userId} name={name} size="small" />
        <span>
          <b>
            <bdi>{name}</bdi>
          </b>{' '}
          <small>@{member.username}</small>
          <br />
          <small>
            {roleName(role)}
            {acceptedAt === null && role !== 'OWNER' && ` · ${t('invited, has not accepted yet')}`}
          </small>
        </span>
      </div>
      {isOther && (
        <span class="line">
          <Select
            label={t('Place of {name}', { name })}
            name="role"
            choices={PLACES.map((place) => [place, roleName(place)] as const)}
            value={role}
            onChange={setRole}
          />
          {role === 'CO_HOST' && myRole === 'OWNER' && (
            <ShareForm eventId={eventId} userId={userId} basisPoints={shareBasisPoints ?? 0} reload={reload} />
          )}
          <Confirm
            label={t('Remove')}
            title={t('Take {name} out of the team?', { name })}
            action={t('Remove')}
            isDanger
            onConfirm={() => client.call('host.remove', { eventId, userId }).then(reload)}
          >
            <p>{t('They lose sight of these pages at once.')}</p>
          </Confirm>
        </span>
      )}
      <p class="form-problem" role="alert">
        {!busy && problem}
      </p>
    </li>
  );
};

interface ShareProps {
  eventId: string;
  userId: string;
  basisPoints: number;
  reload: () => void;
}

const ShareForm = ({ eventId, userId, basisPoints, reload }: ShareProps) => {
  const [percent, setPercent] = useState(String(basisPoints / 100));
  const { busy, problem, fieldProblem, submit } = useSubmit();
  const save = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    const shareBasisPoints = Math.round(Number(percent) * 100);
    void submit(() => client.call('host.setShare', { eventId, userId, shareBasisPoints }).then(reload));
  };
  return (
    <form class="line" onSubmit={save}>
      <Field
        label={t('Share of the earnings in percent')}
        type="number"
        min={0}
        max={100}
        step="any"
        value={percent}
        onInput={setPercent}
        problem={fieldProblem('shareBasisPoints') ?? problem}
      />
      <button type="submit" class="quiet" disabled={busy}>
        {t('Save')}
      </button>
    </form>
  );
};

interface InviteProps extends EventProps {
  team: readonly Member[];
}

const Invite = ({ event: { id: eventId }, team, reload }: InviteProps) => {
  const [chosen, setChosen] = useState<Found[]>([]);
  const [role, setRole] = useState<Place>('DOOR_STAFF');
  const { busy, problem, submit } = useSubmit();
  const invite = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    void submit(async () => {
      for (const { id: userId } of chosen) await client.call('host.invite', { eventId, userId, role });
      setChosen([]);
      reload();
    });
  };
  return (
    <section class="card" aria-labelledby="invite-title">
      <h2 id="invite-title">{t('Invite somebody')}</h2>
      <form onSubmit={invite}>
        <PeopleSearch chosen={chosen} onChange={setChosen} except={team.map(({ userId }) => userId)} />
        <Select
          label={t('Their place')}
          name="place"
          choices={PLACES.map((place) => [place, roleName(place)] as const)}
          value={role}
          // Safe: the choices are the places.
          onChange={(value) => setRole(value as Place)}
        />
        <small>{MEANS[role]()}</small>
        <p class="form-problem" role="alert">
          {problem}
        </p>
        <button type="submit" class="primary" disabled={busy || chosen.length === 0}>
          {t('Invite')}
        </button>
      </form>
    </section>
  );
};
