import '../guest.css';
import './news.css';
import { useEffect } from 'preact/hooks';
import { client } from '../../client.ts';
import { dayName, timeOf } from '../../format.ts';
import { addresses, goTo } from '../../state/address.ts';
import { unreadNews } from '../../state/news.ts';
import { attempt } from '../../state/notice.ts';
import { type Pages, usePages } from '../../state/use-pages.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { More } from '../../ui/more.tsx';
import { Empty, Outcome } from '../../ui/outcome.tsx';
import { Page } from '../../ui/page.tsx';
import { t } from '../../words.ts';
import { addressOf, type Notification } from './address-of.ts';
import { byDay } from './by-day.ts';

type News = Pages<Notification>;

const markRead = (news: News, ids: string[]): Promise<void> => {
  const readAt = new Date(client.serverNowMs()).toISOString();
  news.change((items) =>
    items.map((each) => (ids.includes(each.id) ? { ...each, readAt: each.readAt ?? readAt } : each)),
  );
  return attempt(client.call('notification.read', { ids }));
};

/** Opens what a piece of news is about, and marks it as read. */
const openNews = (news: News, item: Notification): void => {
  if (item.readAt === null) void markRead(news, [item.id]);
  const address = addressOf(item);
  if (address !== null) goTo(address);
};

/** Lists one's notifications day by day. New ones come in by themselves. */
export const NewsPage = () => {
  const news = usePages('notification.list', { limit: 30 });
  useEffect(
    () =>
      client.on('notification.created', ({ notification }) =>
        news.change((items) => [notification, ...items.filter(({ id }) => id !== notification.id)]),
      ),
    [],
  );
  useOpenedFromOutside(news);
  return (
    <Page title={t('News')} actions={<Actions news={news} />}>
      <Outcome of={news}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('Nothing new')}>
              <p>{t('Here you read of your bookings, of who writes to you, and of what changes.')}</p>
            </Empty>
          ) : (
            byDay(items).map((day) => <Day key={day[0]?.id} news={news} day={day} />)
          )
        }
      </Outcome>
      <More of={news} />
    </Page>
  );
};

/** A click on what was pushed opens this page with the id of what it was about. */
const useOpenedFromOutside = (news: News): void => {
  const asked = new URLSearchParams(location.search).get('open');
  const item = news.data?.find(({ id }) => id === asked);
  useEffect(() => {
    if (!item) return;
    history.replaceState(null, '', addresses.notifications);
    openNews(news, item);
  }, [item?.id]);
};

const Actions = ({ news }: { news: News }) => {
  const first = news.data?.[0];
  const readAll = (): void => {
    if (!first) return;
    const readAt = new Date(client.serverNowMs()).toISOString();
    news.change((items) => items.map((each) => ({ ...each, readAt: each.readAt ?? readAt })));
    void attempt(client.call('notification.read', { upTo: first.id }));
  };
  return (
    <>
      {unreadNews.value > 0 && first && (
        <button type="button" class="quiet" onClick={readAll}>
          {t('Mark all as read')}
        </button>
      )}
      <a class="quiet" href={addresses.settings('notifications')}>
        {t('What reaches me')}
      </a>
    </>
  );
};

const Day = ({ news, day }: { news: News; day: Notification[] }) => (
  <section class="news-day">
    <h2>{dayName(day[0]?.createdAt ?? '')}</h2>
    <ul>
      {day.map((item) => (
        <li key={item.id}>
          <Item news={news} item={item} />
        </li>
      ))}
    </ul>
  </section>
);

const ICONS: Partial<Record<Notification['category'], IconName>> = {
  TICKET: 'ticket',
  CHAT: 'chat',
  EVENT: 'stage',
  SOCIAL: 'people',
  SECURITY: 'alert',
  SAFETY: 'alert',
};

const Item = ({ news, item }: { news: News; item: Notification }) => {
  const isUnread = item.readAt === null;
  return (
    <div class={`news ${isUnread ? 'is-unread' : ''}`}>
      <button type="button" class="news-open" onClick={() => openNews(news, item)}>
        <Icon name={ICONS[item.category] ?? 'bell'} />
        <span>
          <b dir="auto">{item.title}</b>
          <span dir="auto">{item.message}</span>
          <small>
            {timeOf(item.createdAt)}
            {isUnread && <span class="visually-hidden"> {t('not read yet')}</span>}
          </small>
        </span>
      </button>
      {isUnread && (
        <button type="button" class="link" onClick={() => void markRead(news, [item.id])}>
          {t('Mark as read')}
        </button>
      )}
    </div>
  );
};
