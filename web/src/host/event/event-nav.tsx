import { useEffect, useRef } from 'preact/hooks';
import { addresses } from '../../state/address.ts';
import { t } from '../../words.ts';
import { isRunner } from '../names.ts';
import type { EventProps } from './event-page.tsx';

interface Place {
  page: string;
  name: string;
  /** Where it stands, if not among the pages of the event. */
  address?: string;
}

const placesOf = ({ id, myRole, approvalMode, status }: EventProps['event']): Place[] => {
  const door: Place[] = [
    { page: 'live', name: t('Door') },
    { page: 'desk', name: t('Stage') },
    { page: 'chat', name: t('Chat'), address: addresses.chat(id) },
    { page: 'scan', name: t('Scanner'), address: '/scan' },
  ];
  const isOut = status !== 'DRAFT' && status !== 'PENDING_REVIEW';
  const outside = isOut ? door : [];
  if (!isRunner(myRole)) {
    return [...(myRole === 'SUPERVISOR' ? [{ page: 'guests', name: t('Guests') }] : []), ...outside];
  }
  return [
    { page: 'details', name: t('Details') },
    { page: 'tickets', name: t('Tickets') },
    { page: 'guests', name: t('Guests') },
    ...(approvalMode === 'MANUAL' ? [{ page: 'requests', name: t('Requests') }] : []),
    { page: 'updates', name: t('Updates') },
    { page: 'money', name: t('Money') },
    { page: 'codes', name: t('Codes') },
    { page: 'waitlist', name: t('Waitlist') },
    { page: 'team', name: t('Team') },
    { page: 'series', name: t('Repeat') },
    ...outside,
  ];
};

/** The pages of an event, side by side; on a phone they scroll. */
export const EventNav = ({ event, page }: Pick<EventProps, 'event'> & { page: string }) => {
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => current.current?.scrollIntoView({ block: 'nearest', inline: 'center' }), [page]);
  return (
    <nav class="event-nav" aria-label={t('Pages of this event')}>
      <ul class="tabs">
        {placesOf(event).map(({ page: each, name, address }) => (
          <li key={each} class={each === 'live' ? 'tabs-apart' : ''}>
            <a
              ref={each === page ? current : null}
              href={address ?? addresses.hosted(event.id, each)}
              aria-current={each === page ? 'page' : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};
