import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { eventData } from './event-data.ts';
import type { EventView, Person, Picture, TeamMember } from './shapes.ts';

interface SocialProps {
  type: 'website' | 'profile';
  title: string;
  description: string;
  address: string;
  cover: Picture | null;
  origin: string;
  children?: Child;
}

/** The tags by which other sites show a page that somebody shares. */
const SocialHead = ({ type, title, description, address, cover, origin, children }: SocialProps) => {
  const picture = cover?.sources.at(-1);
  return (
    <>
      <meta property="og:site_name" content="Rally" />
      <meta property="og:type" content={type} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={address} />
      {picture && (
        <>
          <meta property="og:image" content={new URL(picture.url, origin).href} />
          <meta property="og:image:width" content={String(picture.width)} />
          <meta property="og:image:height" content={String(picture.height)} />
          {cover?.altText && <meta property="og:image:alt" content={cover.altText} />}
        </>
      )}
      <meta name="twitter:card" content={picture ? 'summary_large_image' : 'summary'} />
      <meta name="twitter:title" content={title} />
      <meta name="twitter:description" content={description} />
      {picture && <meta name="twitter:image" content={new URL(picture.url, origin).href} />}
      {children}
    </>
  );
};

/** JSON for search engines. A `<` in it could end the script around it. */
const Data = ({ data }: { data: object }) => (
  <script type="application/ld+json">{raw(JSON.stringify(data).replaceAll('<', '\\u003c'))}</script>
);

interface EventHeadProps {
  event: EventView;
  hosts: readonly TeamMember[];
  address: string;
  description: string;
  origin: string;
  now: Date;
}

export const EventHead = ({ event, hosts, address, description, origin, now }: EventHeadProps) => (
  <SocialHead type="website" title={event.title} cover={event.cover} {...{ description, address, origin }}>
    <Data data={eventData({ event, hosts, address, description, origin, now })} />
  </SocialHead>
);

interface PersonHeadProps {
  person: Person;
  address: string;
  description: string;
  origin: string;
}

export const PersonHead = ({ person, address, description, origin }: PersonHeadProps) => {
  const name = `${person.firstName} ${person.lastName}`.trim();
  return <SocialHead type="profile" title={name} cover={person.avatar} {...{ description, address, origin }} />;
};
