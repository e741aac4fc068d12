import { useState } from 'preact/hooks';
import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { fullName } from '../../format.ts';
import { attempt, tell } from '../../state/notice.ts';
import { me, reloadMe } from '../../state/session.ts';
import { useOperation } from '../../state/use-operation.ts';
import { usePages } from '../../state/use-pages.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { More } from '../../ui/more.tsx';
import { Outcome } from '../../ui/outcome.tsx';
import { Select } from '../../ui/select.tsx';
import { t } from '../../words.ts';

/** Settings of one's visibility, and the list of people whom one has blocked. */
export const PrivacySection = () => (
  <>
    <AudienceCard />
    <BlockedCard />
  </>
);

const AUDIENCES = ['CONTACTS', 'FRIENDS', 'NOBODY'] as const;

const AudienceCard = () => {
  const loaded = useOperation('presence.mine', {});
  const save = (value: string): void => {
    const audience = AUDIENCES.find((each) => each === value);
    if (audience) void attempt(client.call('presence.setAudience', { audience }).then(() => tell(t('Saved.'))));
  };
  return (
    <section class="card">
      <h2>{t('What others see')}</h2>
      <Outcome of={loaded}>
        {({ audience }) => (
          <Select
            label={t('Who may know whether you are here')}
            name="audience"
            value={audience}
            choices={[
              ['CONTACTS', t('People I share a chat or an event with')],
              ['FRIENDS', t('My friends')],
              ['NOBODY', t('Nobody')],
            ]}
            onChange={save}
          />
        )}
      </Outcome>
      <NamedInForwards />
    </section>
  );
};

const NamedInForwards = () => {
  const [chosen, setChosen] = useState<boolean>();
  if (!me.value) return null;
  const save = async (isNamedInForwards: boolean): Promise<void> => {
    setChosen(isNamedInForwards);
    await client.call('profile.update', { isNamedInForwards });
    await reloadMe();
  };
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={chosen ?? me.value.profile.isNamedInForwards}
        onChange={({ currentTarget }) => void attempt(save(currentTarget.checked))}
      />
      {t('My name stands on messages of mine that others forward')}
    </label>
  );
};

type Blocked = Output<'block.list'>['items'][number];

const BlockedCard = () => {
  const pages = usePages('block.list', { limit: 50 });
  const forget = (userId: string): void => pages.change((items) => items.filter((each) => each.userId !== userId));
  return (
    <section class="card">
      <h2>{t('People you keep away')}</h2>
      <Outcome of={pages}>
        {(items) =>
          items.length === 0 ? (
            <p>{t('Nobody. You can block somebody from a chat with them.')}</p>
          ) : (
            <ul class="rows">
              {items.map((item) => (
                <BlockedLine key={item.userId} item={item} onRemoved={() => forget(item.userId)} />
              ))}
            </ul>
          )
        }
      </Outcome>
      <More of={pages} />
    </section>
  );
};

const BlockedLine = ({ item: { userId, kind, profile }, onRemoved }: { item: Blocked; onRemoved: () => void }) => {
  const name = profile ? fullName(profile) : t('Somebody who is gone');
  return (
    <li class="line spread">
      <span>
        <bdi>{name}</bdi> <span class="chip">{kind === 'BLOCK' ? t('Blocked') : t('Muted')}</span>
      </span>
      <Confirm
        label={kind === 'BLOCK' ? t('Unblock') : t('Unmute')}
        title={t('Let {name} reach you again?', { name })}
        action={t('Yes')}
        onConfirm={async () => {
          await client.call('block.remove', { userId });
          onRemoved();
        }}
      >
        <p>{t('They can find you and write to you again. They are not told.')}</p>
      </Confirm>
    </li>
  );
};
