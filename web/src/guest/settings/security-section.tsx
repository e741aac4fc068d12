import { useRef, useState } from 'preact/hooks';
import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { dateTime } from '../../format.ts';
import { me } from '../../state/session.ts';
import { usePages } from '../../state/use-pages.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { ConfirmAddressDialog } from '../../ui/confirm-address-dialog.tsx';
import { More } from '../../ui/more.tsx';
import { Outcome } from '../../ui/outcome.tsx';
import { t } from '../../words.ts';
import { deviceOf } from './device-of.rules.ts';

/** The own address, and where one is signed in. */
export const SecuritySection = () => (
  <>
    <AddressCard />
    <SessionsCard />
  </>
);

const AddressCard = () => {
  const dialog = useRef<HTMLDialogElement>(null);
  if (!me.value) return null;
  const { email, username, emailVerified, createdAt } = me.value;
  return (
    <section class="card">
      <h2>{t('Your account')}</h2>
      <p class="line">
        <b>{email}</b>
        {emailVerified ? (
          <span class="chip good">{t('Confirmed')}</span>
        ) : (
          <span class="chip warm">{t('Not confirmed')}</span>
        )}
      </p>
      <p>
        <small>{t('@{username}, here since {when}', { username, when: dateTime(createdAt) })}</small>
      </p>
      {!emailVerified && (
        <div class="line">
          <button type="button" class="quiet" onClick={() => dialog.current?.showModal()}>
            {t('Confirm this address')}
          </button>
        </div>
      )}
      <ConfirmAddressDialog dialog={dialog} />
    </section>
  );
};

type Session = Output<'session.list'>['items'][number];

const SessionsCard = () => {
  const pages = usePages('session.list', { limit: 50 });
  const [isEnding, setEnding] = useState(false);
  const end = async (sessions: readonly Session[]): Promise<void> => {
    setEnding(true);
    try {
      for (const { id: sessionId } of sessions) await client.call('session.revoke', { sessionId });
    } finally {
      setEnding(false);
      pages.reload();
    }
  };
  return (
    <section class="card" aria-busy={isEnding}>
      <h2>{t('Where you are signed in')}</h2>
      <Outcome of={pages}>
        {(sessions) => {
          const others = sessions.filter(({ current }) => !current);
          return (
            <>
              <ul class="rows">
                {sessions.map((session) => (
                  <SessionLine key={session.id} session={session} onEnd={() => end([session])} />
                ))}
              </ul>
              {others.length > 1 && (
                <div class="line">
                  <Confirm
                    label={t('Sign out everywhere else')}
                    title={t('Sign out everywhere else?')}
                    action={t('Sign them out')}
                    isDanger
                    onConfirm={() => end(others)}
                  >
                    <p>{t('All other devices have to sign in again. Do it when one of them is lost.')}</p>
                  </Confirm>
                </div>
              )}
            </>
          );
        }}
      </Outcome>
      <More of={pages} />
    </section>
  );
};

const SessionLine = ({ session, onEnd }: { session: Session; onEnd: () => Promise<void> }) => {
  const name = deviceOf(session.agent) ?? t('A device');
  return (
    <li class="line spread">
      <span>
        <b>{name}</b>
        <small class="block">
          {t('{address}, last used {when}', { address: session.address, when: dateTime(session.lastUsedAt) })}
        </small>
      </span>
      {session.current ? (
        <span class="chip good">{t('This one')}</span>
      ) : (
        <Confirm label={t('Sign out')} title={t('Sign out {name}?', { name })} action={t('Sign out')} onConfirm={onEnd}>
          <p>{t('It has to sign in again before it is used.')}</p>
        </Confirm>
      )}
    </li>
  );
};
