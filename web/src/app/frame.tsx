import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { closeList, openList, unreadTotal } from '../chat/chat-list.ts';
import { client } from '../client.ts';
import { fullName } from '../format.ts';
import { addresses } from '../state/address.ts';
import { closeNews, openNews, unreadNews } from '../state/news.ts';
import { notice } from '../state/notice.ts';
import { closePresence, openPresence } from '../state/presence.ts';
import { me, signOut } from '../state/session.ts';
import { countInTitle } from '../state/title.ts';
import { Avatar } from '../ui/avatar.tsx';
import { ConnectionLine } from '../ui/connection-line.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { t } from '../words.ts';

countInTitle(unreadTotal);

interface Place {
  address: string;
  icon: IconName;
  name: string;
  count?: number;
}

/** Where one can go from everywhere. */
const placesOf = (): Place[] => [
  { address: addresses.home, icon: 'home', name: t('Home') },
  { address: addresses.tickets, icon: 'ticket', name: t('Tickets') },
  { address: addresses.chats, icon: 'chat', name: t('Chats'), count: unreadTotal.value },
  { address: addresses.notifications, icon: 'bell', name: t('News'), count: unreadNews.value },
  { address: addresses.hosting, icon: 'stage', name: t('Hosting') },
];

/** Draws the frame around every page: the places to go, the person who is signed in, the state of the connection, and short notices. */
export const Frame = ({ children }: { children: ComponentChildren }) => {
  const userId = client.userId();
  useEffect(() => {
    if (!userId) return undefined;
    openList(userId);
    openPresence();
    openNews();
    return () => {
      closeList();
      closePresence();
      closeNews();
    };
  }, [userId]);
  return (
    <div class="frame">
      <Places />
      <div class="frame-page">{children}</div>
      <p class="notice" role="alert">
        {notice.value}
      </p>
    </div>
  );
};

const Places = () => {
  const { path } = useLocation();
  const here = placesOf()
    .filter(({ address }) => path === address || path.startsWith(`${address}/`))
    .sort((a, b) => b.address.length - a.address.length)[0];
  return (
    <header class="places">
      <a class="places-brand" href="/">
        <img src="/icon.svg" alt="" width="28" height="28" />
        Rally
      </a>
      <nav aria-label={t('Places')}>
        <ul>
          {placesOf().map((place) => (
            <li key={place.address}>
              <PlaceLink place={place} isHere={place.address === here?.address} />
            </li>
          ))}
        </ul>
      </nav>
      <ConnectionLine />
      <AccountLine />
    </header>
  );
};

const PlaceLink = ({ place, isHere }: { place: Place; isHere: boolean }) => {
  const { address, icon, name, count = 0 } = place;
  return (
    <a href={address} class="place" aria-current={isHere ? 'page' : undefined}>
      <span class="place-icon">
        <Icon name={icon} />
        {count > 0 && (
          <span class="badge" aria-hidden="true">
            {count > 99 ? '99+' : count}
          </span>
        )}
      </span>
      {name}
      {count > 0 && <span class="visually-hidden"> {t('{count} unread', { count })}</span>}
    </a>
  );
};

const AccountLine = () => {
  if (!me.value) return null;
  const { id, username, profile } = me.value;
  const name = fullName(profile);
  return (
    <div class="account-line">
      <a class="account-name" href={addresses.settings('profile')}>
        <Avatar id={id} name={name} size="small" />
        <span>
          <bdi>{name}</bdi> <small>@{username}</small>
          <span class="visually-hidden"> {t('Settings')}</span>
        </span>
      </a>
      <IconButton icon="leave" label={t('Sign out')} onClick={() => void signOut()} />
    </div>
  );
};
