import { invalidField } from '../../../kernel/errors.ts';
import { changeOwnView, type OwnViewDeps } from './own-view.steps.ts';
import { setNotifications } from './settings/contract.ts';

/** Sets of which messages the caller is told. */
export const setChatNotifications = (deps: OwnViewDeps) =>
  changeOwnView(deps, setNotifications, ({ level, mutedUntil }, { now }) => ({
    ...(level === undefined ? {} : { notificationLevel: level }),
    ...(mutedUntil === undefined ? {} : { mutedUntil: endOf(mutedUntil, now) }),
  }));

/** @throws INVALID_INPUT for an end that has passed */
const endOf = (mutedUntil: string | null, now: Date): Date | null => {
  if (mutedUntil === null) return null;
  const end = new Date(mutedUntil);
  if (end <= now) throw invalidField('mutedUntil', 'must lie in the future');
  return end;
};
