import type { Input, Output } from '../../../../src/sdk/index.ts';

export type Preference = Output<'preference.list'>['items'][number];
export type Category = Input<'preference.set'>['category'];
export type Channel = Input<'preference.set'>['channel'];
export type QuietHours = NonNullable<Preference['quietHours']>;

export const CHANNELS = ['IN_APP', 'EMAIL', 'PUSH'] as const satisfies readonly Channel[];

/** The kinds of news that may be turned off, in the order in which they are shown. All others always arrive. */
export const CATEGORIES = [
  'EVENT',
  'CHAT',
  'SOCIAL',
  'REVIEW',
  'GAMIFICATION',
  'SUPPORT',
  'MARKETING',
  'SYSTEM',
] as const;

const find = (preferences: readonly Preference[], category: Category, channel: Channel): Preference | undefined =>
  preferences.find((each) => each.category === category && each.channel === channel);

/** A preference that was never chosen is on. */
export const isOn = (preferences: readonly Preference[], category: Category, channel: Channel): boolean =>
  find(preferences, category, channel)?.isEnabled ?? true;

/** The hours in which nothing is pushed: those of the first kind that has some. */
export const quietHoursOf = (preferences: readonly Preference[]): QuietHours | null =>
  preferences.find(({ channel, quietHours }) => channel === 'PUSH' && quietHours !== null)?.quietHours ?? null;

/** Preferences after one of them was chosen. */
export const chosen = (preferences: readonly Preference[], next: Preference): Preference[] => [
  ...preferences.filter(({ category, channel }) => category !== next.category || channel !== next.channel),
  next,
];

/** "22:30" as minutes of the day; null for what is no time. */
export const minuteOf = (clock: string): number | null => {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(clock) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
};

/** Minutes of the day as "22:30". */
export const clockAt = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
