import { useState } from 'preact/hooks';
import { client } from '../../client.ts';
import { attempt, tell } from '../../state/notice.ts';
import { useOperation } from '../../state/use-operation.ts';
import { Outcome } from '../../ui/outcome.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import { DevicesCard } from './devices-card.tsx';
import {
  CATEGORIES,
  type Category,
  CHANNELS,
  type Channel,
  chosen,
  clockAt,
  isOn,
  minuteOf,
  type Preference,
  quietHoursOf,
} from './preferences.rules.ts';

/** Which news comes by which way, when nothing is pushed, and on which devices. */
export const NewsSection = () => {
  const loaded = useOperation('preference.list', {});
  return (
    <>
      <Outcome of={loaded}>{({ items }) => <Choices saved={items} />}</Outcome>
      <DevicesCard />
    </>
  );
};

const Choices = ({ saved }: { saved: readonly Preference[] }) => {
  const [preferences, setPreferences] = useState(saved);
  const choose = async (category: Category, channel: Channel, isEnabled: boolean): Promise<void> => {
    const before = preferences;
    const quietHours =
      before.find((each) => each.category === category && each.channel === channel)?.quietHours ?? null;
    setPreferences(chosen(before, { category, channel, isEnabled, quietHours }));
    try {
      await client.call('preference.set', { category, channel, isEnabled });
    } catch (thrown) {
      setPreferences(before);
      throw thrown;
    }
  };
  return (
    <>
      <section class="card">
        <h2>{t('What reaches you, and how')}</h2>
        <p>
          <small>{t('What concerns your tickets, payments, security and safety always arrives.')}</small>
        </p>
        <table class="choices">
          <thead>
            <tr>
              <td />
              {CHANNELS.map((channel) => (
                <th key={channel} scope="col">
                  {nameOfChannel(channel)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {CATEGORIES.map((category) => (
              <tr key={category}>
                <th scope="row">{nameOfCategory(category)}</th>
                {CHANNELS.map((channel) => (
                  <td key={channel}>
                    <input
                      type="checkbox"
                      aria-label={`${nameOfCategory(category)}: ${nameOfChannel(channel)}`}
                      checked={isOn(preferences, category, channel)}
                      onChange={({ currentTarget: { checked } }) => void attempt(choose(category, channel, checked))}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <QuietCard preferences={preferences} />
    </>
  );
};

const nameOfChannel = (channel: Channel): string => {
  if (channel === 'IN_APP') return t('Here');
  return channel === 'EMAIL' ? t('By mail') : t('On the device');
};

const nameOfCategory = (category: (typeof CATEGORIES)[number]): string =>
  ({
    EVENT: t('Events'),
    CHAT: t('Messages and mentions'),
    SOCIAL: t('People'),
    REVIEW: t('Reviews'),
    GAMIFICATION: t('Points and badges'),
    SUPPORT: t('Answers of the support'),
    MARKETING: t('Tips and offers'),
    SYSTEM: t('About Rally'),
  })[category];

const QuietCard = ({ preferences }: { preferences: readonly Preference[] }) => {
  const now = quietHoursOf(preferences);
  const { busy, problem, submit } = useSubmit();
  const save = (fromMinute: number | null, untilMinute: number | null): Promise<boolean> =>
    submit(async () => {
      const quietHours = fromMinute === null || untilMinute === null ? null : { fromMinute, untilMinute };
      for (const category of CATEGORIES) {
        const isEnabled = isOn(preferences, category, 'PUSH');
        await client.call('preference.set', { category, channel: 'PUSH', isEnabled, quietHours });
      }
      tell(t('Saved.'));
    });
  const onSubmit = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    const form = new FormData(submitted.currentTarget as HTMLFormElement);
    void save(minuteOf(String(form.get('from'))), minuteOf(String(form.get('until'))));
  };
  return (
    <form class="card" onSubmit={onSubmit}>
      <h2>{t('Quiet hours')}</h2>
      <p>
        <small>{t('Nothing is pushed to your devices in these hours of your time zone.')}</small>
      </p>
      <div class="line">
        <label class="clock">
          {t('From')} <input type="time" name="from" value={clockAt(now?.fromMinute ?? 22 * 60)} required />
        </label>
        <label class="clock">
          {t('until')} <input type="time" name="until" value={clockAt(now?.untilMinute ?? 7 * 60)} required />
        </label>
        <button type="submit" class="quiet" disabled={busy}>
          {busy ? t('One moment…') : t('Keep these hours')}
        </button>
        {now && (
          <button type="button" class="quiet" disabled={busy} onClick={() => void save(null, null)}>
            {t('No quiet hours')}
          </button>
        )}
      </div>
      <p class="form-problem" role="alert">
        {problem}
      </p>
    </form>
  );
};
