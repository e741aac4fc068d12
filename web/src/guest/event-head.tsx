import type { Output } from '../../../src/sdk/index.ts';
import { addresses } from '../state/address.ts';
import { Cover } from './cover.tsx';
import { placeOf, When } from './when.tsx';

type Shown = Pick<
  Output<'event.get'>,
  'id' | 'title' | 'slug' | 'cover' | 'startDate' | 'endDate' | 'timeZone' | 'venue' | 'city' | 'mode'
>;

/** Shows the title, time and place of an event above the forms that concern it. */
export const EventHead = ({ event }: { event: Shown }) => (
  <header class="event-head">
    <Cover event={event} />
    <div>
      <h2>
        <a href={addresses.event(event.slug)}>{event.title}</a>
      </h2>
      <When event={event} />
      {placeOf(event) && <span>{placeOf(event)}</span>}
    </div>
  </header>
);
