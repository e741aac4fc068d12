import type { AchievementMetric, BadgeCategory, BadgeTier, PointSource } from '../../generated/prisma/enums.ts';

interface BadgeSeed {
  key: string;
  name: string;
  description: string;
  icon: string;
  category: BadgeCategory;
  tier: BadgeTier;
  metric: AchievementMetric;
  atLeast: number;
  points: number;
}

const badge = (
  [key, name, icon]: [string, string, string],
  [category, tier]: [BadgeCategory, BadgeTier],
  [metric, atLeast, points]: [AchievementMetric, number, number],
  description: string,
): BadgeSeed => ({ key, name, icon, category, tier, metric, atLeast, points, description });

/** Badges, and the goal that unlocks each. */
export const BADGES: BadgeSeed[] = [
  badge(
    ['first-steps', 'First steps', '👣'],
    ['ATTENDANCE', 'BRONZE'],
    ['EVENTS_ATTENDED', 1, 10],
    'Went to a first event',
  ),
  badge(['regular', 'Regular', '🎟️'], ['ATTENDANCE', 'SILVER'], ['EVENTS_ATTENDED', 10, 50], 'Went to ten events'),
  badge(['fixture', 'Fixture', '🏛️'], ['ATTENDANCE', 'GOLD'], ['EVENTS_ATTENDED', 50, 200], 'Went to fifty events'),
  badge(['first-hosting', 'Open door', '🚪'], ['HOSTING', 'BRONZE'], ['EVENTS_HOSTED', 1, 20], 'Hosted a first event'),
  badge(['seasoned-host', 'Seasoned host', '🎪'], ['HOSTING', 'GOLD'], ['EVENTS_HOSTED', 25, 250], 'Hosted 25 events'),
  badge(['first-word', 'First word', '✍️'], ['REVIEWING', 'BRONZE'], ['REVIEWS_WRITTEN', 1, 10], 'Wrote a first review'),
  badge(['critic', 'Critic', '🧐'], ['REVIEWING', 'SILVER'], ['REVIEWS_WRITTEN', 20, 80], 'Wrote twenty reviews'),
  badge(['good-company', 'Good company', '🫶'], ['SOCIAL', 'BRONZE'], ['FRIENDS_MADE', 5, 20], 'Made five friends'),
  badge(
    ['ambassador', 'Ambassador', '📣'],
    ['COMMUNITY', 'SILVER'],
    ['REFERRALS_REWARDED', 5, 100],
    'Brought five people',
  ),
  badge(['on-a-roll', 'On a roll', '🔥'], ['ATTENDANCE', 'SILVER'], ['STREAK_DAYS', 7, 50], 'Seven days in a row'),
  badge(['traveller', 'Traveller', '🧭'], ['SEASONAL', 'SILVER'], ['CITIES_VISITED', 5, 80], 'Events in five cities'),
];

interface PointRuleSeed {
  key: string;
  source: PointSource;
  points: number;
  dailyCap?: number;
  lifetimeCap?: number;
}

/** What a fact is worth. */
export const POINT_RULES: PointRuleSeed[] = [
  { key: 'check-in', source: 'CHECK_IN', points: 10, dailyCap: 50 },
  { key: 'event-hosted', source: 'EVENT_HOSTED', points: 50, dailyCap: 150 },
  { key: 'review', source: 'REVIEW', points: 15, dailyCap: 45 },
  { key: 'referral', source: 'REFERRAL', points: 100 },
  { key: 'streak-week', source: 'STREAK', points: 25, dailyCap: 25 },
  { key: 'profile-completed', source: 'PROFILE_COMPLETED', points: 20, lifetimeCap: 20 },
];
