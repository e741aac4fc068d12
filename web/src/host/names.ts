import type { Output } from '../../../src/sdk/index.ts';
import { t } from '../words.ts';

type Event = Output<'event.get'>;

interface Chip {
  words: string;
  tone: '' | 'good' | 'warm' | 'bad';
}

/** Gives the state of an event in words and a colour. */
export const stateOf = (status: Event['status']): Chip => STATES[status]();

const STATES: Record<Event['status'], () => Chip> = {
  DRAFT: () => ({ words: t('Draft'), tone: '' }),
  PENDING_REVIEW: () => ({ words: t('In review'), tone: 'warm' }),
  PUBLISHED: () => ({ words: t('Published'), tone: 'good' }),
  ONGOING: () => ({ words: t('Happening now'), tone: 'good' }),
  COMPLETED: () => ({ words: t('Over'), tone: '' }),
  CANCELLED: () => ({ words: t('Called off'), tone: 'bad' }),
  POSTPONED: () => ({ words: t('Postponed'), tone: 'warm' }),
};

type Role = NonNullable<Event['myRole']>;

const ROLES: Record<Role, () => string> = {
  OWNER: () => t('Owner'),
  CO_HOST: () => t('Co-host'),
  MANAGER: () => t('Manager'),
  SUPERVISOR: () => t('Door supervisor'),
  DOOR_STAFF: () => t('Door staff'),
};

/** Names a place in a team. */
export const roleName = (role: Role): string => ROLES[role]();

/** Whether a place in the team runs the event: what it says, what it sells, its team. */
export const isRunner = (role: Event['myRole']): boolean =>
  role === 'OWNER' || role === 'CO_HOST' || role === 'MANAGER';
