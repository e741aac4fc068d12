import type { ComponentChildren } from 'preact';
import type { Output } from '../../../src/sdk/index.ts';
import { Cover } from './cover.tsx';
import { placeOf, When } from './when.tsx';

type Shown = Pick<
  Output<'event.get'>,
  'id' | 'title' | 'cover' | 'startDate' | 'endDate' | 'timeZone' | 'venue' | 'city' | 'mode'
>;

interface Props {
  event: Shown;
  href: string;
  /** More words for the end of the line. */
  children: ComponentChildren;
}

/** An event in a list, with a picture, when and where. */
export const EventLine = ({ event, href, children }: Props) => (
  <div class="event-line">
    <Cover event={event} />
    <div>
      <b>
        <a href={href}>{event.title}</a>
      </b>
      <small>
        <When event={event} />
      </small>
      {placeOf(event) && <small>{placeOf(event)}</small>}
    </div>
    {children}
  </div>
);
